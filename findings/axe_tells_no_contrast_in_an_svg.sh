#!/usr/bin/env bash
# Version:   axe-core 4.12.1 (in axe-playwright-python 0.1.8), in Chromium by Playwright 1.65.2
# Question:  A chart is an SVG with pale numbers in it, 1.9 to 1 against the page. Does axe's rule color-contrast find them?
# Guess:     Yes, as it finds a paragraph of the same colour.
# Behaviour: No. Whatever the letters and wherever they stand in an <svg>, black on white and HTML in a foreignObject too, the answer
#            is "incomplete" (an image node, or another element over it), never a violation nor a pass; alike ones are told of once.
# Seen:      paragraph: violations; pale, pale on a white rectangle, pale in a foreignObject, black: incomplete
# Matters:   to whoever tests pages of charts by axe's violations: no number in a bar was ever measured. Measure the palette.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check axe-playwright-python==0.1.8 playwright==1.65.2
browser=$(command -v chromium || command -v google-chrome || command -v chromium-browser || true)
[ -n "$browser" ] || "$folder/venv/bin/playwright" install chromium
cat > "$folder/look.py" <<'PY'
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PAGE = """<!doctype html><html lang="en"><head><title>Jobs</title></head>
<body style="background: #fff"><main><h1>Jobs</h1>{}</main></body></html>"""
SVG = '<svg width="200" height="60" role="img" aria-label="Jobs by year">{}</svg>'
PALE = '<text x="5" y="30" font-size="16" fill="#bbb">12 jobs</text>'
GIVEN = {
    "paragraph": '<p style="color: #bbb">12 jobs</p>',
    "pale": SVG.format(PALE),
    "pale on a rectangle": SVG.format('<rect width="200" height="60" fill="#fff"/>' + PALE),
    "pale in a foreignObject": SVG.format(
        '<foreignObject width="200" height="60"><p style="color: #bbb">12 jobs</p></foreignObject>'
    ),
    "black": SVG.format(PALE.replace("#bbb", "#000")),
}

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1] or None, args=["--no-sandbox"])
    seen = {}
    for name, content in GIVEN.items():
        page = browser.new_page()
        page.set_content(PAGE.format(content))
        told = Axe().run(page).response
        seen[name] = [
            kind
            for kind in ("violations", "incomplete", "passes")
            for rule in told[kind]
            for node in rule["nodes"]
            if rule["id"] == "color-contrast" and "12 jobs" in node["html"]
        ]
    version = told["testEngine"]["version"]
    browser.close()
print("axe-core", version, seen)
paragraph = seen.pop("paragraph")
assert (version, paragraph) == ("4.12.1", ["violations"])
assert set(map(tuple, seen.values())) == {("incomplete",)}
PY
"$folder/venv/bin/python" "$folder/look.py" "$browser"
