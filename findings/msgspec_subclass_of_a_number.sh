#!/usr/bin/env bash
# Version:   msgspec 0.22.0, from PyPI, beside the json of Python 3.11 and later
# Question:  A class of our own that is a float (a number that knows how certain it is) is written as JSON. As what?
# Guess:     As the number that it is, as json.dumps writes it.
# Behaviour: TypeError for a subclass of float and of int; a subclass of str is refused as well. An Enum of either is written by
#            its value. `enc_hook` is asked for each, and may give back the plain number.
# Seen:      json: 1.5, 2, "a"; msgspec: TypeError three times, IntEnum: 2, with enc_hook: 1.5
# Matters:   to whoever changes from json to msgspec with number types of their own, NumPy's float64 among them.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check msgspec==0.22.0
cat > "$folder/look.py" <<'PY'
import enum
import json

import msgspec


class Share(float):
    pass


class Count(int):
    pass


class Name(str):
    pass


class Level(enum.IntEnum):
    HIGH = 2


def tried(value, **more):
    try:
        return msgspec.json.encode(value, **more).decode()
    except TypeError:
        return "TypeError"


values = [Share(1.5), Count(2), Name("a")]
seen = {
    "json": [json.dumps(value) for value in values],
    "msgspec": [tried(value) for value in values],
    "IntEnum": tried(Level.HIGH),
    "with enc_hook": tried(Share(1.5), enc_hook=float),
}
print(seen)
assert seen == {
    "json": ["1.5", "2", '"a"'],
    "msgspec": ["TypeError"] * 3,
    "IntEnum": "2",
    "with enc_hook": "1.5",
}
PY
"$folder/venv/bin/python" "$folder/look.py"
