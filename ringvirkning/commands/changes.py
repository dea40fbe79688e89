"""What a version changed."""

import json
from dataclasses import asdict

import click

from ringvirkning.commands.action import Refusal, Run, action, answers_json
from ringvirkning.intake import anew, templates
from ringvirkning.intake.changes import differences
from ringvirkning.intake.figures import figures
from ringvirkning.intake.words.changes import changes_words
from ringvirkning.store import versions
from ringvirkning.texts import Words, clock


@action("changes")
@click.option("--version", "name", metavar="VERSION", help="The version; else the current one.")
@click.option("--since", metavar="VERSION|DAY", help="Since when; else the version before.")
@answers_json
def list_changes(run: Run, name: str | None, since: str | None) -> int:
    """Tell what a version changed in the one before it, or since another version or a day: rows and
    key figures."""
    var, language = run.var, run.w.language
    published = versions.history(var)
    version = versions.named(name, published) if name else versions.last(published)
    before = versions.since(since, version, published) if version else None
    if version is None or before is None:
        raise Refusal(run.w("version.none_earlier"))
    day = clock.day(before.published_at)
    changed = differences(before.files(var), version.files(var), since=day)
    # Others are not compiled for our questions.
    are_ready = not any(anew.make_ready(one, var) for one in (before, version))
    moved = figures(before.exact(var), version.exact(var), clock.today()) if are_ready else []
    if run.is_json:
        print(json.dumps({"differences": changed, "figures": moved}, default=asdict))
    else:
        measures = templates.numbered(version.files(var) / "measures.csv").values()
        names = {m["measure"]: {"name": m[f"name_{language}"]} for m in measures}
        print(changes_words(Words(language, names), changed, moved))
    return 0
