"""The filters: the same on every page, and kept in the session."""

from ringvirkning.figures.filters import LISTS, FilterChoices, filter_summary, lists_summary
from ringvirkning.figures.state import EVERYTHING
from ringvirkning.figures.view import Selection
from ringvirkning.texts import Words
from ringvirkning.ui import state
from ringvirkning.ui.components.component import choice_number, component
from ringvirkning.ui.state import Visit

# The framework's lists know choices by their words, and lose what is chosen when these change; and
# seven of its widgets cost a quarter of the time from a press to right charts.
_FILTERS = component(__file__)
# Pages that are of associations, and not of some of their partnerships or years.
OF_ASSOCIATIONS = ("present", "data", "about")
SWITCHES = ("illustrative", "illustrative_help", "without_examples", "events", "without_events")
FILTER_WORDS = (
    "title",
    "years",
    "from_year",
    "to_year",
    *SWITCHES,
    "no_data",
    "search",
    "none",
    "reset",
    "remove",
)


def reset() -> None:
    state.change(selection=EVERYTHING)


def draw_filters(
    w: Words, known: FilterChoices, shown: Selection, span: tuple[int, int], ahead: str
) -> None:
    """Draw the filters, as far as they act on the page; `ahead` is where what they change is asked
    for before the page is run."""
    now = state.current()
    is_whole = now.place not in OF_ASSOCIATIONS
    acting = LISTS if is_whole else ("association",)
    _FILTERS(
        key="filters",
        data={
            "language": w.language,
            "selection": filter_summary(w, shown, span)
            if is_whole
            else " · ".join(lists_summary(w, shown, acting)),
            "is_whole": is_whole,
            "lists": [
                {
                    "name": name,
                    "label": w(f"filter.{name}"),
                    "acts": name in acting,
                    "choices": [
                        {
                            "code": code,
                            "said": w.code(name, code),
                            "is_left": count > 0 or not is_whole,
                            "count": w.number(count) if is_whole and count else "",
                            "counted": w("filter.records", n=count) if is_whole else "",
                            "is_chosen": code in getattr(shown, name),
                        }
                        for code, count in known[name].items()
                    ],
                }
                for name in LISTS
            ],
            "span": span,
            "years": shown.years or span,
            "illustrative": shown.illustrative,
            "events": shown.events,
            # The filters stand above every page, so they tell it when another story, form or
            # presentation is opened.
            "page": now.place,
            "story": now.partnership or now.partner or now.entry or now.deck or "",
            "wrong": state.memory(Visit).wrong_field,
            "ahead": ahead,
            **choice_number(),
            "words": {word: w.pattern(f"filter.{word}") for word in FILTER_WORDS},
        },
        on_chosen_change=keep_chosen,
    )


def keep_chosen() -> None:
    """Keep what the browser says is chosen, in the form of an address, until it can be checked."""
    given, visit = state.widget("filters").get("chosen") or {}, state.memory(Visit)
    number = given.get("number")
    visit.filtered_number = number if isinstance(number, int) else 0
    visit.filtered = {
        name: [str(value) for value in values]
        for name, values in given.items()
        if isinstance(values, list)
    }
