"""A chart on slides, paper and pages without a script: `svg.svg`, drawn by Matplotlib."""

import os

from ringvirkning import ROOT

# Matplotlib keeps a list of the system's fonts: with what the app writes, not at whoever's home.
os.environ.setdefault(
    "MPLCONFIGDIR", str(ROOT / os.environ.get("RINGVIRKNING_VAR", "var") / "matplotlib")
)
