"""Ringvirkning: what partnerships give a region, for those who lead, check and present."""

from pathlib import Path

ROOT = Path(__file__).parents[1]  # where data, pages, queries and var stand
