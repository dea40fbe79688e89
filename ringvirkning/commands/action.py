"""What all actions share: where they write, the language, how they end; options of several."""

import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

import click

from ringvirkning.child import Progress, Stage, as_json, is_child, own_associations
from ringvirkning.figures.whose import NoSuchAssociation, named_association
from ringvirkning.intake.personal import personal
from ringvirkning.intake.publishing import anew
from ringvirkning.store import storage
from ringvirkning.store.versions import DATABASES, Version
from ringvirkning.texts import LANGUAGES, Words, finding_words, words
from ringvirkning.texts.safe import terminal_text

ENDS = """Ends with 0 when it is done, with 1 when there is nothing to do it with or it is refused,
and with 2 when a file can't be read or written, or the programme fails."""


@dataclass(frozen=True)
class Run:
    """What every action is given: the folder that the app writes to, the words of the language
    asked for, whether to answer as JSON, and whether to say as JSON how far it is."""

    var: Path
    w: Words
    is_json: bool = False
    tells_progress: bool = False


class Refusal(click.ClickException):
    """Nothing is done, for this reason; the exit code is 1."""

    def show(self, file: IO[str] | None = None) -> None:
        print(self.message, file=sys.stderr)


class Action(click.Command):
    """Calls its function with a Run and what else was asked for; the function's answer is the exit
    code."""

    def __init__(self, *, params: list[click.Parameter], **more: Any) -> None:
        super().__init__(params=[*params, VAR, LANG], **{"epilog": ENDS, **more})

    def invoke(self, context: click.Context) -> int:
        given = dict(context.params)
        w, flags = words(given.pop("lang")), [given.pop(f, False) for f in ("json", "progress")]
        run = Run(given.pop("var"), w, *flags)
        refuse_personal(w, given)
        assert self.callback
        try:
            with storage.kept_to(run.var):
                return int(self.callback(run, **given))
        except click.ClickException:
            raise
        except OSError as error:
            found = storage.finding(error, run.var)
            # Of a child it is logged, and a file may be called after somebody.
            said = error.strerror if is_child() else error
            print(finding_words(w, found) if found else said, file=sys.stderr)
        except Exception as error:  # only where and which: its message may quote what was read
            where = traceback.format_tb(error.__traceback__)
            print(*where, type(error).__name__, sep="", file=sys.stderr)
        return 2


def refuse_personal(w: Words, given: Mapping[str, object]) -> None:
    """What the history would keep and show: the refusal says what it is, and never the value."""
    found = [
        w(f"publication.personal.{kind}", field=f"--{name}")
        for name in ("who", "note", "why")
        if (kind := personal(str(given.get(name) or "")))
    ]
    if found:
        raise Refusal("\n".join(found))


action = partial(click.command, cls=Action)
VAR = click.Option(
    ["--var"],
    type=Path,
    default="var",
    envvar="RINGVIRKNING_VAR",
    show_default=True,
    show_envvar=True,
    help="The folder that the app writes to.",
)
LANG = click.Option(
    ["--lang"],
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="The language of what is said and written.",
)
who_option = click.option("--who", metavar="NAME", help="Who does it, for the history.")
note_option = click.option("--note", metavar="TEXT", help="What has changed, for the history.")
association_option = click.option(
    "--association",
    metavar="NAME",
    help="Of one association alone, by its name or short name.",
)
Function = Callable[..., int]


def answers_json(function: Function) -> Function:
    """With --json, and --progress for whoever started a process of its own and waits."""
    progress = click.option("--progress", is_flag=True, hidden=True)
    return click.option("--json", is_flag=True, help="Answer as JSON.")(progress(function))


def progress_of(run: Run) -> Progress:
    """Says what a long run is at: on a terminal, or to whoever reads JSON line by line."""
    began = time.monotonic()

    def tell(stage: str, part: float) -> None:
        if run.tells_progress:
            print(as_json(Stage(stage, part)), flush=True)
        elif sys.stderr.isatty() and time.monotonic() - began > 1:
            end = "\n" if part == 1 else ""
            said = f"{run.w(f'version.stage.{stage}')} {run.w.percent(part)}"
            print(f"\r{said}", end=end, file=sys.stderr)

    return tell


def part_of(run: Run, version: Version) -> tuple[Path, Path | None]:
    """The files of a version and its exact database, of one's own associations alone where the role
    is for those; no database where our queries can't be asked of it. Raises Refusal where there are
    none of one's own."""
    own, var = own_associations(), run.var
    if not own:
        is_ready = not anew.make_ready(version, var)
        return version.files(var), version.exact(var) if is_ready else None
    require_ready(run, version)
    if found := anew.make_own(version, var, own):
        raise Refusal("\n".join(finding_words(run.w, finding) for finding in found))
    return version.own(var, own) / "files", version.own(var, own) / DATABASES[0]


def association_of(run: Run, database: Path, named: str | None) -> str:
    """The association that is asked for, as it is called in a version; "" where none is. Raises
    Refusal, with those that there are, where it is none of them."""
    try:
        return named_association(database, named) if named is not None else ""
    except NoSuchAssociation as unknown:
        (names,) = unknown.args
        known = "\n".join(f"  {terminal_text(name)}" for name in names)
        said = run.w("export.no_association", name=terminal_text(named or ""))
        raise Refusal(f"{said}\n{known}") from unknown


def require_ready(run: Run, version: Version) -> None:
    """See that our queries can be asked of it. Raises Refusal where they can't."""
    if found := anew.make_ready(version, run.var):
        raise Refusal("\n".join(finding_words(run.w, finding) for finding in found))
