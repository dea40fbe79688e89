"""`python docs/serving/sbom.py FILE` lists what a server runs and hands out, as CycloneDX:
each package of requirements-serve.txt with version, hashes and licence, and what is no package."""

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PLOTLY = ROOT / "ringvirkning" / "ui" / "vendor"
BESIDES: list[dict[str, Any]] = [
    {
        "bom-ref": "plotly.js",
        "type": "library",
        "name": "plotly.js-basic-dist-min",
        "version": next(PLOTLY.glob("*.js")).name.split("-")[-1].removesuffix(".min.js"),
        "licenses": [{"license": {"id": "MIT"}}],
        "description": "ringvirkning/ui/vendor: draws charts in the browser",
    },
    {
        "bom-ref": "source-sans",
        "type": "data",
        "name": "Source Sans",
        "licenses": [{"license": {"id": "OFL-1.1"}}],
        "description": "ringvirkning/charts/fonts: letters of what is exported",
    },
]


def listed() -> dict[str, Any]:
    """What is pinned. Raises CalledProcessError when it can't be read."""
    command = ["-m", "cyclonedx_py", "requirements", "--output-reproducible"]
    said = subprocess.run(
        [sys.executable, *command, str(ROOT / "requirements-serve.txt")],
        check=True,
        stdout=subprocess.PIPE,
    )
    bom: dict[str, Any] = json.loads(said.stdout)
    bom["metadata"]["component"] = {"type": "application", "name": "ringvirkning"}
    for component in bom["components"]:
        del component["description"]  # the hashes once more
        component["licenses"] = licences(component["name"])
    bom["components"] += BESIDES
    return bom


def licences(name: str) -> list[dict[str, Any]]:
    """As the installed package says it: by an expression, else by its classifiers, else in words.

    Empty where this system needs no such package.
    """
    try:
        said = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return []
    if "License-Expression" in said:
        return [{"expression": said["License-Expression"]}]
    classified = [
        text.split(" :: ")[-1]
        for text in said.get_all("Classifier", [])
        if text.startswith("License :: ") and text != "License :: OSI Approved"
    ]
    in_words = said["License"].strip().splitlines()[:1] if "License" in said else []
    return [{"license": {"name": text}} for text in classified or in_words]


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(listed(), indent=2), encoding="utf-8")
