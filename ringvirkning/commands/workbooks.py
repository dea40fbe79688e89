"""The workbooks that are written: the form, empty or filled, and what a partner is asked."""

from pathlib import Path

import click

from ringvirkning import SHIPPED
from ringvirkning.child import as_json
from ringvirkning.commands.action import (
    Refusal,
    Run,
    action,
    answers_json,
    association_of,
    association_option,
    part_of,
    require_ready,
)
from ringvirkning.intake.checks import report, rules
from ringvirkning.store import versions
from ringvirkning.texts import clock
from ringvirkning.texts.safe import terminal_text

file = click.argument("file", metavar="FILE.xlsx", type=Path, help="A new file.")


@action("template")
@file
@click.option("--filled", is_flag=True, help="With what is published.")
@click.option("--whole", is_flag=True, help="With the sheets and columns that one can do without.")
def write_template(run: Run, file: Path, filled: bool, whole: bool) -> int:
    """Write a workbook to fill in. A file that is there is never written over."""
    from ringvirkning.intake.forms import templates

    version = versions.current(run.var)
    folder = version.files(run.var) if version else SHIPPED
    if filled and version is None:
        raise Refusal(run.w("form.nothing_published"))
    if filled:
        content = templates.filled_form(folder, run.w, is_whole=whole)
    else:
        content = templates.template(run.w, folder, is_whole=whole)
    write_new(file, content)
    return 0


@action("follow-up")
@click.argument("partner", help="The partner_id.")
@file
@association_option
@answers_json
def ask_partner(run: Run, partner: str, file: Path, association: str | None) -> int:
    """Write a workbook that asks a partner for what is missing. A file that is there is never
    written over."""
    from ringvirkning.intake.forms.follow_up import NothingTogether, follow_up

    version = versions.current(run.var)
    if version is None:
        raise Refusal(run.w("form.nothing_published"))
    name = ""
    if association is not None:
        require_ready(run, version)
        name = association_of(run, version.protected(run.var), association)
    folder, _ = part_of(run, version)
    found = report.findings_of(folder, None, clock.today(), rules.ALL)
    try:
        content = follow_up(folder, found, partner, run.w, name)
    except NothingTogether as nothing:
        raise Refusal(run.w("form.nothing_together", name=terminal_text(name))) from nothing
    except KeyError as unknown:
        raise Refusal(run.w("form.no_partner", partner=terminal_text(partner))) from unknown
    write_new(file, content)
    if run.is_json:
        print(as_json(()))
    return 0


def write_new(file: Path, content: bytes) -> None:
    """Raises FileExistsError: somebody may have filled it in."""
    with file.open("xb") as new:
        new.write(content)
