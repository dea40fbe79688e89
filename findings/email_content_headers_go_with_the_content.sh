#!/usr/bin/env bash
# Version:   email of Python 3.11
# Question:  Content-Language is set on an EmailMessage, which then is given text, HTML and an attachment. Where does it stand?
# Guess:     At the top, where it was set, since it is about the whole message.
# Behaviour: Nowhere: set_content takes away every heading that begins with Content-. Set between the text and the attachment, it
#            moves into the first part.
# Seen:      before: top None, parts [None, None]; between: top None, parts ['nb', None]; after: top nb, parts [None, None]
# Matters:   to whoever sets headings of the content before the content, as with the other headings.
set -euo pipefail
python3 - <<'PY'
from email.message import EmailMessage
from email.policy import SMTP

for when in ("before", "between", "after"):
    message = EmailMessage(policy=SMTP)
    if when == "before":
        message["Content-Language"] = "nb"
    message.set_content("tekst")
    if when == "between":
        message["Content-Language"] = "nb"
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    if when == "after":
        message["Content-Language"] = "nb"
    parts = [part["Content-Language"] for part in message.iter_parts()]
    print(f"{when}: top {message['Content-Language']}, parts {parts}")
PY
