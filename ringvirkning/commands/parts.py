"""Associations compiled each by itself, by as many machines as there are, and published as one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

from ringvirkning.commands.action import Refusal, Run, action, note_option, progress_of, who_option
from ringvirkning.commands.spreadsheets import told_of_publishing
from ringvirkning.finding import Finding

if TYPE_CHECKING:
    from ringvirkning.intake.parts.publication import Each

WORKERLESS = 15  # seconds after which is looked whether any worker is left


@action("publish-parts")
@click.argument("place", metavar="PLACE", help="A folder, or an address: s3://BUCKET/FOLDER.")
@click.option("--work", metavar="PLACE", help="Where workers lay what they make; var/parts else.")
@click.option("--scheduler", metavar="ADDRESS", help="Of Dask, such as tcp://10.0.0.5:8786.")
@click.option("--confirm", "confirmed", metavar="CODE", help="By the code that was asked for.")
@who_option
@note_option
def publish_in_parts(
    run: Run,
    place: str,
    work: str | None,
    scheduler: str | None,
    confirmed: str | None,
    who: str | None,
    note: str | None,
) -> int:
    """Publish associations, a folder for each. Beside them one called shared has what is no
    association's; what has not changed is not compiled again. Without a scheduler all is done
    here."""
    try:
        from ringvirkning.intake.parts import publication
    except ModuleNotFoundError as missing:
        raise Refusal(run.w("parts.not_installed", name=missing.name)) from missing
    with workers(run, scheduler, publication.two_at_a_time) as each:
        found = publication.publish_parts(
            place,
            work or str(run.var.absolute() / "parts"),
            run.var,
            each,
            who=who or None,
            note=note or None,
            confirmed=confirmed or None,
            progress=progress_of(run),
        )
    return told_of_publishing(run, found)


@contextmanager
def workers(run: Run, address: str | None, here: "Each") -> Iterator["Each"]:
    """What hands tasks out to the workers of a scheduler, one at a time to each of their threads;
    a worker that is lost has its tasks done by others. Raises Refusal where nobody answers, where
    none is left, and where they can't do what they are asked."""
    if not address:
        yield here
        return
    from distributed import Client, KilledWorker, wait
    from distributed.client import FutureCancelledError

    try:
        client = Client(address, timeout=10)
    except OSError as error:
        raise Refusal(run.w("parts.no_scheduler", address=address)) from error
    with client:

        def each(
            task: Callable[..., list[Finding]], asked: Sequence[tuple[Any, ...]]
        ) -> list[list[Finding]]:
            handed = [client.submit(task, *values, pure=False) for values in asked]
            # One that knows nothing of us ends, and Dask would wait for another.
            while handed:
                with suppress(TimeoutError):
                    wait(handed, timeout=WORKERLESS)
                    break
                if not client.scheduler_info()["workers"]:
                    raise Refusal(run.w("parts.no_workers", address=address))
            try:
                found: list[list[Finding]] = client.gather(handed)
            except (FutureCancelledError, KilledWorker, RuntimeError) as error:
                said = str(error.__cause__ or error).strip().partition("\n")[0]
                raise Refusal(run.w("parts.not_done", error=said, address=address)) from error
            return found

        yield each
