#!/usr/bin/env bash
# Version:   Chromium 156 of Debian, by Playwright 1.65.2 from PyPI
# Question:  A page in Nynorsk writes days and numbers by `Intl` with the language "nn", as one in Bokmål does with "nb". How? And what is
#            `formatRange(3, 3)` of numbers?
# Guess:     As in Bokmål, but for words: 3. februar 2026, 1 234,5, and å last in a list: it is Norwegian. The range is 3.
# Behaviour: In the browser's own language, here American: February 3, 2026, 1,234.5, and å comes first. Chromium's data have no Nynorsk, as they have no
#            Northern Sami; those of Firefox and Node have both. With ["nn", "nb"] it is Bokmål. The range of one number is told as about it, in
#            Norwegian without a blank: ca.3.
# Seen:      nn: en-US, February 3, 2026, 1,234.5, å b z; nn and nb: nb, 3. februar 2026, 1 234,5, b z å; range of 3 and 3: nb ca.3, en ~3
# Matters:   to whoever serves Nynorsk, as public bodies have to: tested in Firefox or Node it is right. Name Bokmål as the second. And to whoever writes
#            ranges of rounded numbers: ask first whether the ends are the same.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check playwright==1.65.2
browser=$(command -v chromium || command -v google-chrome || command -v chromium-browser || true)
[ -n "$browser" ] || "$folder/venv/bin/playwright" install chromium
cat > "$folder/look.py" <<'PY'
import sys

from playwright.sync_api import sync_playwright

ASK = """languages => {
  const day = new Date(Date.UTC(2026, 1, 3));
  const number = new Intl.NumberFormat(languages);
  return [
    number.resolvedOptions().locale,
    new Intl.DateTimeFormat(languages, {dateStyle: "long", timeZone: "UTC"}).format(day),
    number.format(1234.5).replace("\\u00a0", " "),
    ["å", "z", "b"].sort(new Intl.Collator(languages).compare).join(" "),
    number.formatRange(3, 3),
  ];
}"""
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1] or None, args=["--no-sandbox"])
    page = browser.new_page(locale="en-US")
    seen = {" ".join(asked): page.evaluate(ASK, asked) for asked in (["nn"], ["nn", "nb"], ["nb"], ["en"], ["se"])}
    known = page.evaluate('Intl.NumberFormat.supportedLocalesOf(["nn", "se", "nb", "da"])')
    print(browser.version, known, seen)
    browser.close()
AMERICAN = ["en-US", "February 3, 2026", "1,234.5", "å b z", "~3"]
NORWEGIAN = ["nb", "3. februar 2026", "1 234,5", "b z å", "ca.3"]
assert known == ["nb", "da"]
assert seen["nn"] == seen["se"] == AMERICAN
assert seen["nn nb"] == seen["nb"] == NORWEGIAN
assert seen["en"][1:] == AMERICAN[1:]
PY
"$folder/venv/bin/python" "$folder/look.py" "$browser"
