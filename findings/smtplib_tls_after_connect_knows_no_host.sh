#!/usr/bin/env bash
# Version:   smtplib of Python 3.11, openssl of the system
# Question:  SMTP() is made without a host and then told to `connect(host, port)`. Does `starttls` with a context that checks names work?
# Guess:     As with SMTP(host, port): it is the same connection.
# Behaviour: ValueError: check_hostname requires server_hostname. `starttls` takes the name that the constructor was given, and
#            `connect` doesn't note it. The class is no SMTPException and no OSError, so who catches those doesn't catch it.
# Seen:      constructed with a host: SSLCertVerificationError, as it should be of a certificate of our own; connected later: ValueError
# Matters:   to whoever makes the object first, as to cut the connection from outside, and connects afterwards.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "$folder/key" -out "$folder/cert" 2> /dev/null
cat > "$folder/look.py" <<'PY'
import smtplib
import socket
import ssl
import sys
import threading

key, certificate = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


def serve(listening):
    while True:
        line = listening.accept()[0]
        line.sendall(b"220 here\r\n")
        line.recv(999)
        line.sendall(b"250-here\r\n250 STARTTLS\r\n")
        line.recv(999)
        line.sendall(b"220 go on\r\n")
        try:
            context.wrap_socket(line, server_side=True)
        except OSError:
            pass


listening = socket.create_server(("localhost", 0))
port = listening.getsockname()[1]
threading.Thread(target=serve, args=(listening,), daemon=True).start()


def constructed():
    return smtplib.SMTP("localhost", port)


def connected():
    line = smtplib.SMTP()
    line.connect("localhost", port)
    return line


for make in (constructed, connected):
    try:
        make().starttls(context=ssl.create_default_context())
    except Exception as error:
        print(f"{make.__name__}: {type(error).__name__}, an OSError: {isinstance(error, OSError)}")
PY
python3 "$folder/look.py" "$folder/key" "$folder/cert"
