"""A visitor without a browser: one WebSocket session with a Streamlit server."""

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.server import staff_headers


class Session:
    """As whoever started the server; `run` asks for a page under an address and waits until the
    server has sent all of it."""

    def __init__(self, url: str, headers: Sequence[tuple[str, str]] = ()) -> None:
        address = url.replace("http", "ws") + "/_stcore/stream"
        self.socket = connect(
            address,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers=[*headers] or staff_headers(url),
            max_size=None,
        )

    def run(self, address: list[tuple[str, str]], page: str = "") -> dict[str, Any]:
        """The key figures, the charts and the addresses of files that came, and how many bytes all
        was."""
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(address)
        asked.rerun_script.page_name = page
        self.socket.send(asked.SerializeToString())
        seen: dict[str, Any] = {"numbers": [], "charts": [], "bytes": 0, "errors": [], "files": []}
        while True:
            message = self.socket.recv()
            assert isinstance(message, bytes)
            seen["bytes"] += len(message)
            forward = ForwardMsg.FromString(message)
            if forward.WhichOneof("type") == "script_finished":
                if forward.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return seen
                seen |= {"numbers": [], "charts": [], "errors": [], "files": []}  # it begins anew
            element = forward.delta.new_element
            kind = element.WhichOneof("type")
            if kind == "bidi_component":
                shown = json.loads(element.bidi_component.json)
                shown = shown[0] if isinstance(shown, list) else shown  # of a tree before
                seen["numbers"] += [card["number"] for card in shown.get("cards", ())]
                seen["charts"] += [json.loads(shown["figure"])] if shown.get("figure") else []
            elif kind == "html":
                seen["files"] += re.findall(r'href="\.(/records/[^"]+)"', element.html.body)
            elif kind in ("exception", "alert"):
                seen["errors"].append(str(element)[:300])
            elif kind == "metric":  # of an ordinary page
                seen["numbers"].append(element.metric.body)

    def close(self) -> None:
        self.socket.close()
