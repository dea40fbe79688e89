"""The show's script, and what its page may do: nothing but show itself."""

import base64
import hashlib
from pathlib import Path

SLIDES_SCRIPT = (Path(__file__).parent / "slides.js").read_text(encoding="utf-8")
HASH = base64.b64encode(hashlib.sha256(SLIDES_SCRIPT.encode()).digest()).decode()
SLIDES_POLICY = (
    f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{HASH}'; "
    "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
