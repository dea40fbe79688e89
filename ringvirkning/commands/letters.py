"""The letter, as it is asked for: whose, by which server, from whom and to whom."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from ringvirkning.commands.action import Run, action, association_option

MAIL_SECONDS = 120  # seconds that a mail server has for a letter
setting = partial(click.option, show_envvar=True)


@action("letter")
@association_option
@click.option("--staff", is_flag=True, help="With exact numbers, notes and what is due.")
@click.option("--anyway", is_flag=True, help="Also where nothing is new since the last one.")
@setting(
    "--address",
    metavar="URL",
    envvar="RINGVIRKNING_ADDRESS",
    default="",
    help="Where the pages are, for a link to them.",
)
@setting(
    "--smtp",
    metavar="HOST:PORT",
    envvar="RINGVIRKNING_SMTP",
    default="",
    help="The mail server to send it by; without one it is only written.",
)
@setting(
    "--plain",
    is_flag=True,
    envvar="RINGVIRKNING_SMTP_PLAIN",
    help="Without STARTTLS, as to a mail server on this machine.",
)
@setting(
    "--user",
    metavar="NAME",
    envvar="RINGVIRKNING_SMTP_USER",
    default="",
    help="Who signs in at the mail server.",
)
@setting(
    "--password-file",
    metavar="FILE",
    type=Path,
    envvar="RINGVIRKNING_SMTP_PASSWORD_FILE",
    help="Where the password for that is.",
)
@setting(
    "--sender",
    metavar="ADDRESS",
    envvar="RINGVIRKNING_LETTER_FROM",
    default="",
    help="Whom it is from.",
)
@setting(
    "--to",
    metavar="ADDRESS",
    multiple=True,
    envvar="RINGVIRKNING_LETTER_TO",
    help="Whom it goes to; several times for several.",
)
@click.option("--patience", type=float, default=MAIL_SECONDS, hidden=True)
def write_letter(
    run: Run, association: str | None, staff: bool, anyway: bool, address: str, **sending: Any
) -> int:
    """Write a letter on what is new, and send it. It is written where something was published since
    the last one, and kept in the folder letters of what the app writes to. One that could not be
    sent is sent the next time. For everyone to read, unless it is for staff."""
    from ringvirkning.commands import news

    post = news.post_of(run, **sending) if sending["smtp"] else None
    return news.write_and_send(run, association, staff, anyway, address, post)
