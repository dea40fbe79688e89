#!/usr/bin/env bash
# Version:   pip-audit 2.10.1, from PyPI
# Question:  What does pip-audit say and return when it could look up nothing of what it was given?
# Guess:     That nothing was audited, and an exit code that is not 0.
# Behaviour: "No known vulnerabilities found" and 0; what was skipped, and why, stands in a table below. With --strict it is
#            an error, for every package that is skipped.
# Seen:      plain: 0, No known vulnerabilities found, 1 skipped of 1; --strict: 1
# Matters:   to whoever looks at its code or its first line in CI, with packages of their own or from a private index.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pip-audit==2.10.1
# A package whose version is a word of one's own: it is skipped before anybody is asked, so this needs no network.
mkdir -p "$folder/packages/ours-1.dist-info"
printf 'Metadata-Version: 2.1\nName: ours\nVersion: autumn\n' > "$folder/packages/ours-1.dist-info/METADATA"
said=$("$folder/venv/bin/pip-audit" --progress-spinner off --path "$folder/packages" 2>&1) && code=0 || code=$?
echo "plain: $code" && echo "$said"
"$folder/venv/bin/pip-audit" --progress-spinner off --strict --path "$folder/packages" && strict=0 || strict=$?
echo "--strict: $strict"
[[ $code = 0 && $said = "No known vulnerabilities found"*"ours Package has invalid version"* && $strict = 1 ]]
