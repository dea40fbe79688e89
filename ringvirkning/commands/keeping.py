"""What whoever runs the server keeps and asks for: backups, the key of the roundings, the log."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from ringvirkning.commands.action import Refusal, Run, action
from ringvirkning.store import audit, backup, keys, versions
from ringvirkning.texts import clock

folder = click.argument("folder", metavar="DIR", type=Path, help="The folder of the backup.")
settings_option = click.option(
    "--settings",
    metavar="DIR",
    type=Path,
    default=".streamlit",
    show_default=True,
    help="Where identity.toml and roles.toml are.",
)


@action("backup")
@folder
@settings_option
def back_up(run: Run, folder: Path, settings: Path) -> int:
    """Copy to a new folder what can't be made anew. That is versions and history, the key of the
    roundings, presentations, the audit log, identity and roles."""
    return run_copy(run, "backed_up", lambda: (backup.backup(run.var, folder, settings), []))


@action("restore")
@folder
@settings_option
def restore_backup(run: Run, folder: Path, settings: Path) -> int:
    """Copy a backup back, where nothing is published."""
    return run_copy(run, "restored", lambda: backup.restore(folder, run.var, settings))


def run_copy(run: Run, did: audit.Deed, work: Callable[[], tuple[int, list[Path]]]) -> int:
    try:
        count, kept = work()
    except FileExistsError as error:
        raise Refusal(run.w("version.exists", path=error.filename)) from error
    except versions.Damaged as error:
        raise Refusal(run.w("version.damaged", path=error)) from error
    audit.note_deed(run.var, did, audit.actor())
    print(run.w("version.copied", n=count))
    for place in kept:
        print(run.w("version.kept", path=place))
    return 0


@action("key")
@click.argument("file", type=Path, help="A new file; with --take the one that was written.")
@click.option("--take", is_flag=True, help="Round with the key in FILE from now on.")
def pass_key_on(run: Run, file: Path, take: bool) -> int:
    """Write the key of the roundings to a new file. It is for another installation that publishes
    the same figures; there, --take it."""
    w = run.w
    try:
        if not take:
            keys.give(run.var, file)
            audit.note_deed(run.var, "gave_key", audit.actor())
            print(w("key.given", path=file))
            return 0
        taken = keys.take(run.var, file)
    except FileExistsError as error:
        raise Refusal(w("version.exists", path=file)) from error
    except keys.NotAKey as error:
        raise Refusal(w("key.not_a_key", path=file)) from error
    audit.note_deed(run.var, "took_key", audit.actor())
    print(w("key.taken"))
    if taken.published:
        print(w("key.other_before", n=taken.published))
    if taken.former:
        print(w("key.former", path=taken.former))
    return 0


@action("audit")
@click.option("--issuer", help="Of one account only: the provider's issuer, and")
@click.option("--sub", help="what the provider calls it; both or neither.")
def list_deeds(run: Run, issuer: str | None, sub: str | None) -> int:
    """List who did what, and when. A line of JSON for each deed: signed in, published, confirmed,
    went back, withdrew, copied, took exact files or keys along."""
    if bool(issuer) != bool(sub):
        raise click.UsageError(run.w("audit.half_an_account"))
    account = issuer and sub and audit.account_code(run.var, issuer, sub)
    for deed in audit.deeds(run.var):
        if not account or deed.get("who") == account:
            print(json.dumps(deed | {"at": clock.there(deed["at"]).isoformat()}))
    return 0
