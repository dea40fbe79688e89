"""The messages that pass the pages' websocket: the kinds that our pages use, no longer than they
are, and nothing of the machine.

Driven through all pages in a browser, our app asks for runs (1 579 bytes at most) and, where files
are uploaded, for addresses to send them to (93 bytes). What a later framework adds is closed until
it is named here.
"""

from collections.abc import Callable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ringvirkning.server import processes

# Bytes; a run tells the state of every widget, so that a long deck's words are in it, too.
RUN = "rerun_script"
LONGEST_OF_KIND = {RUN: 2**18, "file_urls_request": 2**14}
LONGEST_OF_ALL = max(LONGEST_OF_KIND.values())
EDITORS = {"file_urls_request"}
KINDS_TOLD = {
    "auth_redirect",
    "delta",
    "file_urls_response",
    "logo",
    "navigation",
    "new_session",
    "page_config_changed",
    "page_info_changed",
    "page_not_found",
    "ref_hash",
    "script_finished",
    "session_status_changed",
}
# Close codes of RFC 6455, 7.4.1.
NOT_UNDERSTOOD, NOT_BYTES, NOT_ALLOWED, TOO_LONG, LATER = 1002, 1003, 1008, 1009, 1013


class RefusedMessage(Exception):
    """A message that ends its connection; with the code to close it with."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def message_kind(message: bytes | None, is_editor: Callable[[], bool]) -> str | None:
    """The kind of a browser's message, if it is one of ours; another is left unanswered.

    Raises Refused for what no page of ours sends: text, no message at all, or too much.
    """
    if message is None:
        raise RefusedMessage(NOT_BYTES)
    if len(message) > LONGEST_OF_ALL:
        raise RefusedMessage(TOO_LONG)
    try:
        kind = BackMsg.FromString(message).WhichOneof("type")
    except Exception as error:  # protobuf's, whose types have no stubs
        raise RefusedMessage(NOT_UNDERSTOOD) from error
    if kind not in LONGEST_OF_KIND:
        return None
    if len(message) > LONGEST_OF_KIND[kind]:
        raise RefusedMessage(TOO_LONG)
    return kind if kind not in EDITORS or is_editor() else None


def message_to_browser(message: bytes) -> tuple[bytes | None, bool]:
    """What a browser is told of the framework's message, of the server nothing but the session's
    id: None for nothing; and whether a run has ended by it."""
    said = ForwardMsg.FromString(message)
    kind = said.WhichOneof("type")
    if kind not in KINDS_TOLD:
        return None, False
    if kind == "script_finished":
        return message, said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
    if kind == "file_urls_response":
        for one in said.file_urls_response.file_urls:
            before, endpoint, name = one.upload_url.rpartition("/upload_file/")
            one.upload_url = one.delete_url = before + endpoint + processes.named_here(name)
        return said.SerializeToString(), False
    if kind != "new_session":
        return message, False
    said.new_session.ClearField("name")
    said.new_session.ClearField("main_script_path")
    for field in ("environment_info", "user_info"):  # must be there, with nothing in them
        getattr(said.new_session.initialize, field).Clear()
        getattr(said.new_session.initialize, field).SetInParent()
    return said.SerializeToString(), False
