"""The pages' typeface for paper and slides: Ringvirkning Sans, made of Source Sans by `make.py`.

`NAME.ttf` for programs that draw and `NAME.woff2` for browsers, for each of WEIGHTS. `OFL.txt` is
the licence, which goes along wherever the files go.
"""

from pathlib import Path

FAMILY = "Ringvirkning Sans"
WEIGHTS = {"Regular": 400, "Bold": 700}
FOLDER = Path(__file__).parent
LICENCE = FOLDER / "OFL.txt"
