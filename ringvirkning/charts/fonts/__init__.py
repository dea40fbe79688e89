"""The pages' typeface for paper and slides: Ringvirkning Sans, the Latin letters of Source Sans
3.052 in two weights, which has another name since `OFL.txt` reserves that of the whole.

`NAME.ttf` for programs that draw and `NAME.woff2` for browsers, for each of WEIGHTS. The licence
goes along wherever the files go.
"""

from pathlib import Path

FAMILY = "Ringvirkning Sans"
WEIGHTS = {"Regular": 400, "Bold": 700}
FOLDER = Path(__file__).parent
LICENCE = FOLDER / "OFL.txt"
