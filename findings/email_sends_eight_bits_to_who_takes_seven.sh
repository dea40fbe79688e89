#!/usr/bin/env bash
# Version:   email and smtplib of Python 3.11
# Question:  An EmailMessage of the policy SMTP has Norwegian text, and is sent by send_message to a server that does not offer
#            8BITMIME. Which encoding is it sent in?
# Guess:     In seven bits, by quoted-printable or base64: the policy is made for SMTP, and smtplib knows what the server offers.
# Behaviour: As it is, in eight bits. The policies' cte_type is "8bit", set_content chooses it for short lines, and smtplib asks
#            the server only about SMTPUTF8. With SMTP.clone(cte_type="7bit") it is quoted-printable.
# Seen:      SMTP: 8bit, sent as ASCII: False; SMTP.clone(cte_type="7bit"): quoted-printable, sent as ASCII: True
# Matters:   to whoever sends letters with other than English words to servers that they don't know.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import smtplib
import socket
import threading
from email.message import EmailMessage
from email.policy import SMTP


def serve(listening, got):
    line = listening.accept()[0]
    line.sendall(b"220 here\r\n")
    data = b""
    with line.makefile("rb") as said:
        for asked in said:
            if data is not None and asked.upper().startswith(b"DATA"):
                line.sendall(b"354 go on\r\n")
                for text in said:
                    if text == b".\r\n":
                        break
                    data += text
                got.append(data)
            line.sendall(b"221 bye\r\n" if asked.upper().startswith(b"QUIT") else b"250 here\r\n")


for name, policy in (("SMTP", SMTP), ('SMTP.clone(cte_type="7bit")', SMTP.clone(cte_type="7bit"))):
    message = EmailMessage(policy=policy)
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Test"
    message.set_content("Næringsforeningen på Østlandet\n")
    got = []
    listening = socket.create_server(("127.0.0.1", 0))
    server = threading.Thread(target=serve, args=(listening, got), daemon=True)
    server.start()
    with smtplib.SMTP("127.0.0.1", listening.getsockname()[1], local_hostname="localhost") as line:
        line.send_message(message)
    print(f"{name}: {message['Content-Transfer-Encoding']}, sent as ASCII: {got[0].isascii()}")
PY
python3 "$folder/look.py"
