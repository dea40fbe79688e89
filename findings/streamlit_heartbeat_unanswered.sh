#!/usr/bin/env bash
# Version:   Streamlit 1.67.0, from PyPI
# Question:  A browser's session asks for a run and sends a heartbeat, one right after the other. Is each heartbeat answered?
# Guess:     Yes: it is acknowledged ("so the frontend can verify the connection is healthy", says the source).
# Behaviour: Now and then only. As a run begins, what waits to be sent to that session is dropped, but for a few kinds; an
#            acknowledgement that has not left yet goes with it. Without a run beside it, each is answered; so is each run.
# Seen:      alone: 30 of 30; with a run right after it: 17 of 30 (8 of 20 another time); runs: 30 of 30
# Matters:   to whoever takes a missing acknowledgement for a broken connection: a probe or a client of one's own.
set -euo pipefail
folder=$(mktemp -d) && trap 'kill $server 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 websockets==17.4
echo 'import streamlit as st; st.write("here")' > "$folder/app.py"
cat > "$folder/look.py" <<'PY'
import sys
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

ROUNDS = 30
beat, run = BackMsg(), BackMsg()
beat.app_heartbeat = True
run.rerun_script.query_string = ""


def opened(address):
    for _ in range(120):
        try:
            return connect(address, subprotocols=["streamlit"])
        except OSError:
            time.sleep(0.5)
    raise TimeoutError


def kinds(socket, quiet=0.5):
    """All that comes until nothing does for half a second."""
    while True:
        try:
            yield ForwardMsg.FromString(socket.recv(timeout=quiet)).WhichOneof("type")
        except TimeoutError:
            return


def answers(socket, sent):
    found = []
    for _ in range(ROUNDS):
        for message in sent:
            socket.send(message.SerializeToString())
        found += kinds(socket)
    return found.count("heartbeat_ack"), found.count("script_finished")


with opened(sys.argv[1]) as socket:
    socket.send(run.SerializeToString())
    list(kinds(socket, 5))
    alone, beside = answers(socket, [beat]), answers(socket, [beat, run])
print("heartbeats and runs answered of", ROUNDS, "alone:", alone, "a run right after:", beside)
assert alone == (ROUNDS, 0) and beside[1] == ROUNDS and 0 < beside[0] < ROUNDS
PY
port=$("$folder/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$folder"
"$folder/venv/bin/streamlit" run app.py --server.address 127.0.0.1 --server.port "$port" --server.headless true \
  --browser.gatherUsageStats false > "$folder/log" 2>&1 & server=$!
"$folder/venv/bin/python" "$folder/look.py" "ws://127.0.0.1:$port/_stcore/stream"
