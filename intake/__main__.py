"""`python -m intake publish FOLDER --var VAR [--json]`: make a folder the current version.

Exit 0 when it is, 1 with findings that must be fixed first: in words on the error output, with
--json also as JSON on the output.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from intake import publishing
from texts import finding_words, words


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m intake", description=__doc__)
    parser.add_argument("action", choices=["publish"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--var", type=Path, default=Path("var"))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = publishing.publish(asked.folder, asked.var)
    for finding in found:
        print(finding_words(words("en"), finding), file=sys.stderr)
    if asked.json:
        print(json.dumps([asdict(finding) for finding in found]))
    return 1 if publishing.must_fix(found) else 0


if __name__ == "__main__":
    sys.exit(main())
