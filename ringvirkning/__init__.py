"""Ringvirkning: what partnerships give a region, for those who lead, check and present."""

from pathlib import Path

VERSION = "0.9.0"
ROOT = Path(__file__).parents[1]  # where data, pages, queries and var stand
SHIPPED = ROOT / "data"
