"""Who sees what: staff the exact figures, the public the protected ones."""

import os
from typing import Literal

Surface = Literal["staff", "public"]


def surface() -> Surface:
    """What the running session sees."""
    return "public" if os.environ.get("RINGVIRKNING_SURFACE") == "public" else "staff"
