#!/usr/bin/env bash
# Version:   plotly.js 4.1.1 (in plotly 7.1.0 from PyPI), in Chromium by Playwright 1.65.2
# Question:  A trace of words only (`scatter`, mode `text`) has "" for some points. `Plotly.react` gives those points words. Are they drawn?
# Guess:     Yes, all: react makes of any figure what a new plot would.
# Behaviour: No. A point whose words are "" loses its <text> element, keeps its place, and gets no other. What it gets later is
#            never seen, and no error is said; a new plot of the same figure has it. Words of bars come back.
# Seen:      new plot: a b c; after "", b, "": b; given a b c again: b; a new plot: a b c; bars: a b c, b, a b c
# Matters:   to whoever writes labels above columns, "" where there is none, and lets a filter change the figure (Dash, Streamlit,
#            Shiny: all use react). Leave such points out.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check plotly==7.1.0 playwright==1.65.2
browser=$(command -v chromium || command -v google-chrome || command -v chromium-browser || true)
[ -n "$browser" ] || "$folder/venv/bin/playwright" install chromium
cat > "$folder/look.py" <<'PY'
import sys

from playwright.sync_api import sync_playwright
from plotly.offline import get_plotlyjs, get_plotlyjs_version

DRAW = """async ([type, given]) => {
  const place = document.body.appendChild(document.createElement("div"));
  const drawn = async (how, text) => {
    const trace = { type, x: [1, 2, 3], y: [1, 2, 3], text };
    if (type === "scatter") trace.mode = "text";
    await Plotly[how](place, [trace], { width: 400, height: 300 });
    return [...place.querySelectorAll(".textpoint, .bartext")].map((e) => e.textContent).join("");
  };
  const seen = [];
  for (const text of given) seen.push(await drawn("react", text));
  Plotly.purge(place);
  seen.push(await drawn("newPlot", given.at(-1)));
  return seen;
}"""
ALL, ONE = ["a", "b", "c"], ["", "b", ""]

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1] or None, args=["--no-sandbox"])
    page = browser.new_page()
    page.add_script_tag(content=get_plotlyjs())
    seen = {kind: page.evaluate(DRAW, [kind, [ALL, ONE, ALL]]) for kind in ("scatter", "bar")}
    browser.close()
print(get_plotlyjs_version(), seen)
assert seen == {"scatter": ["abc", "b", "b", "abc"], "bar": ["abc", "b", "abc", "abc"]}
PY
"$folder/venv/bin/python" "$folder/look.py" "$browser"
