"""`python -m ringvirkning.charts.fonts.make` makes the files of this folder anew.

They come out of the package that serves the typeface to browsers: one variable font with thousands
of letters, where programs that draw need a file for each weight. To be done when a new Streamlit
brings new letters (a test says so).
"""

from importlib.util import find_spec
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from ringvirkning.charts.fonts import FAMILY, FOLDER, WEIGHTS

# Latin with all its marks, punctuation, currencies, arrows, the signs of mathematics, shapes.
LETTERS = [
    *range(0x20, 0x250),
    *range(0x2000, 0x20D0),
    0x2122,
    *range(0x2190, 0x2194),
    *(0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25B2, 0x25BC, 0x25CF),
]


def source() -> Path:
    """The variable font; raises FileNotFoundError when the package no longer ships it."""
    spec = find_spec("streamlit")
    package = Path(spec.origin).parent if spec and spec.origin else Path()
    found = sorted(package.glob("static/**/SourceSans*Upright*.woff2"))
    if not found:
        raise FileNotFoundError("streamlit ships no Source Sans")
    return found[0]


def make(original: Path, into: Path) -> None:
    for name, weight in WEIGHTS.items():
        font = TTFont(original, recalcTimestamp=False)
        options = subset.Options()
        options.layout_features = ["kern", "ccmp", "locl", "mark", "mkmk"]
        options.name_IDs = ["*"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(font)
        font = instancer.instantiateVariableFont(font, {"wght": weight}, updateFontNames=True)
        for record in list(font["name"].names):
            if record.nameID in (1, 3, 4, 6, 16, 17, 25):
                font["name"].removeNames(record.nameID)
        called = {1: FAMILY, 2: name, 4: f"{FAMILY} {name}", 6: f"Ringvirkning-{name}"}
        for number, said in called.items():
            font["name"].setName(said, number, 3, 1, 0x409)
        for kind in (".ttf", ".woff2"):
            font.flavor = kind[1:] if kind == ".woff2" else None
            font.save(into / f"{name}{kind}")


if __name__ == "__main__":
    make(source(), FOLDER)
