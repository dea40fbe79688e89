"""The command as tests type it, without a new Python."""

from pathlib import Path

from ringvirkning.commands.main import main

# For a process of its own: actions one after the other, in JSON, until one fails.
IN_TURN = """
import json, sys
from ringvirkning.commands.main import main
sys.exit(any(main(action) for action in json.loads(sys.argv[1])))
"""


def run(
    *arguments: object, var: Path, expected: int = 0, lang: str = "en", **options: object
) -> None:
    """An action of the command, which ends as expected."""
    more = [f"--{name}={value}" for name, value in options.items()]
    assert main([*map(str, arguments), f"--var={var}", f"--lang={lang}", *more]) == expected
