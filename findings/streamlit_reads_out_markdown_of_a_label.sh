#!/usr/bin/env bash
# Version:   Streamlit 1.67.0, from PyPI, in Chromium by Playwright 1.65.2
# Question:  A label is Markdown, so who puts words of a file into one escapes them: `st.selectbox("Column\: *Day*")`. What is such
#            a list called to who can't see it?
# Guess:     As it is seen: "Column: Day".
# Behaviour: The name of a list, a field or a checkbox is the Markdown itself, with backslashes and stars, though it is drawn as
#            meant. Buttons and expanders are called as they are seen.
# Seen:      selectbox, multiselect, text_input, number_input, checkbox: "Column\: *Day*"; button, expander: "Column: Day"
# Matters:   to whoever escapes what is not theirs, and to those who listen: a screen reader says "Column backslash colon".
set -euo pipefail
folder=$(mktemp -d) && trap 'kill $server 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 playwright==1.65.2
browser=$(command -v chromium || command -v google-chrome || command -v chromium-browser || true)
[ -n "$browser" ] || "$folder/venv/bin/playwright" install chromium
cat > "$folder/app.py" <<'PY'
import streamlit as st

LABEL = r"Column\: *Day*"
st.selectbox(LABEL, ["a"])
st.multiselect(LABEL, ["a"])
st.text_input(LABEL)
st.number_input(LABEL)
st.checkbox(LABEL)
st.button(LABEL)
with st.expander(LABEL):
    st.write("inside")
st.write("drawn")
PY
cat > "$folder/look.py" <<'PY'
import sys

from playwright.sync_api import sync_playwright

PLACES = {
    "selectbox": "stSelectbox", "multiselect": "stMultiSelect", "text_input": "stTextInput",
    "number_input": "stNumberInput", "checkbox": "stCheckbox", "button": "stButton",
    "expander": "stExpander",
}
CONTROL = "input, button, summary"

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1] or None, args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{sys.argv[2]}")
    page.get_by_text("drawn").wait_for(timeout=60000)
    seen = {}
    for kind, place in PLACES.items():
        control = page.get_by_test_id(place).first.locator(CONTROL).first
        seen[kind] = control.evaluate("e => e.ariaLabel ?? e.labels?.[0]?.innerText ?? e.innerText").split("\n")[-1]
    browser.close()
print(seen)
plain = {kind for kind, name in seen.items() if name == "Column: Day"}
assert plain == {"button", "expander"}
assert {name for kind, name in seen.items() if kind not in plain} == {r"Column\: *Day*"}
PY
"$folder/venv/bin/python" -m streamlit run "$folder/app.py" --server.headless true --server.port 8799 \
  --browser.gatherUsageStats false > "$folder/log" 2>&1 & server=$!
for _ in $(seq 60); do curl -fs http://127.0.0.1:8799/_stcore/health > /dev/null && break; sleep 1; done
"$folder/venv/bin/python" "$folder/look.py" "$browser" 8799
