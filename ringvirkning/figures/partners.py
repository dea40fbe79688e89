"""Partners beside one another: how the agreements of each stand, since when, what was done last."""

from collections import Counter

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences

# How agreements stand, those that are in force first.
STANDINGS = ("confirmed", "unconfirmed", "unknown", "future", "ended")
PARTNER_COLUMNS = ("partner", "type", "agreements", "since", "last")
PartnerRow = answers.Partners
OVER = ("future", "ended")


def every_partner(shown: View) -> list[answers.Partners]:
    """In the order of the language."""
    return alphabetical(shown.rows(answers.Partners), shown.words.language, lambda row: row.name)


def headline(shown: View) -> str:
    listed = every_partner(shown)
    running = sum(running_count(row) > 0 for row in listed)
    return shown.words("partner_list.headline", n=len(listed), running=running)


def running_count(row: answers.Partners) -> int:
    """How many of its agreements have begun, as far as is known, and not ended."""
    return sum(status not in OVER for status in row.statuses)


def what_words(w: Words, row: answers.Partners) -> str:
    """Its type, where it is unless its name says so, and what it was called before."""
    names = w.listed(alphabetical(row.former_names or (), w.language))
    return sentences.quiet_line(
        [
            w.code("partner_type", row.partner_type),
            row.place if row.place and row.place not in row.name else "",
            w("partner_list.former", names=names) if names else "",
        ]
    )


def standing_words(w: Words, row: answers.Partners) -> str:
    """How many agreements stand in which way."""
    counted = Counter(row.statuses)
    return ", ".join(w(f"partner_list.standing.{s}", n=counted[s]) for s in STANDINGS if counted[s])


def since_words(w: Words, row: answers.Partners) -> str:
    """The first start that is known; "" without an agreement that has begun."""
    if not running_count(row) and "ended" not in row.statuses:
        return ""
    return sentences.start_words(w, row.start_date, row.start_qualifier)


def last_words(w: Words, row: answers.Partners) -> str:
    """What was held last, and when; an example says so."""
    if row.last_title is None:
        return ""
    when = sentences.date_words(w, row.last_date, row.last_qualifier) or w("date.unknown")
    said = f"{row.last_title} ({when})"
    return said + (f" ({w('claim.example')})" if row.last_evidence == "illustrative" else "")


def partner_words(w: Words, row: answers.Partners) -> tuple[str, ...]:
    """A partner in words, one for each of PARTNER_COLUMNS."""
    return (
        row.name,
        what_words(w, row),
        standing_words(w, row),
        since_words(w, row),
        last_words(w, row),
    )
