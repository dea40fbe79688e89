#!/usr/bin/env bash
# Version:   networkx 3.6.1, from PyPI
# Question:  Agreements and their partners are a bipartite network. One partner has an agreement of its own that nobody else is in; NAV has two, with the
#            municipality. Who is closest to all, by `bipartite.closeness_centrality`?
# Guess:     NAV; of the partner alone it is low, and no number is above 1.
# Behaviour: The pair that is apart: a distance to what can't be reached is left out, and what remains is measured against the whole network, so that the
#            smaller a part is, the closer it comes out, above 1. `networkx.closeness_centrality` weighs by the share that is reached.
# Seen:      bipartite: alone 1.4, NAV 1.05; of all: alone 0.2, NAV 0.45
# Matters:   to whoever ranks partners by how central they are: networks of partnerships hang together nowhere, and the least connected come first.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
cat > "$folder/look.py" <<'PY'
import networkx
from networkx.algorithms import bipartite

AGREEMENTS = ["work", "school", "start-up"]
PARTNERS = {"NAV": ["work", "school"], "municipality": ["work", "school"], "alone": ["start-up"]}
network = networkx.Graph((name, one) for name, own in PARTNERS.items() for one in own)
both = [
    bipartite.closeness_centrality(network, AGREEMENTS),
    networkx.closeness_centrality(network),
]
told = [{name: round(found[name], 3) for name in PARTNERS} for found in both]
print(*told, sep="\n")
assert told[0]["alone"] > told[0]["NAV"] > 1
assert told[1]["alone"] < told[1]["NAV"] < 1
PY
"$folder/venv/bin/python" -W ignore "$folder/look.py"
