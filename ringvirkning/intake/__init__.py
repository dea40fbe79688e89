"""From a folder of CSV files, or what people upload, to what a published version is made of."""

from pathlib import Path


def sql(name: str) -> str:
    """The statements of a file of this folder, by its path in it without the ending."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
