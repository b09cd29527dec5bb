"""A receiver of webhooks: verifies a message before it looks at it. Standard library, and
`cryptography` for the public key. Answer 2xx once the message is stored, and 410 to get no more.
"""

import argparse
import base64
import binascii
import hmac
import json
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TOLERANCE = 300  # seconds
MAX_SIGNATURES = 20
MAX_BODY = 20_000


def verify(
    headers: Mapping[str, str], body: bytes, secret: str = "", public: str = "",
    *, at: float | None = None,
) -> bool:  # fmt: skip
    """Return whether a message is from the sender, and of the last five minutes."""
    id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not id or not (stamp.isascii() and stamp.isdigit() and len(stamp) < 13):
        return False
    if abs((time.time() if at is None else at) - int(stamp)) > TOLERANCE:
        return False
    content = f"{id}.{stamp}.".encode() + body
    signatures = headers.get("webhook-signature", "").split(" ")[:MAX_SIGNATURES]
    return any(_is_good(one, content, secret, public) for one in signatures)


def _is_good(signature: str, content: bytes, secret: str, public: str) -> bool:
    version, _, text = signature.partition(",")
    try:
        given = base64.b64decode(text, validate=True)
        if version == "v1" and secret:
            key = base64.b64decode(secret.removeprefix("whsec_"))
            return hmac.compare_digest(given, hmac.digest(key, content, "sha256"))
        if version == "v1a" and public:
            known = base64.b64decode(public.removeprefix("whpk_"))
            Ed25519PublicKey.from_public_bytes(known).verify(given, content)
            return True
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return False


class Receiver(BaseHTTPRequestHandler):
    """Take messages one after the other; each is a line on the standard output."""

    key_file = Path()
    taken: set[str] = set()  # noqa: RUF012  a real one keeps the ids where it keeps the messages

    def do_POST(self) -> None:
        """Verify a message, then store it once."""
        size = self.headers.get("content-length", "")
        if not size.isdigit() or int(size) > MAX_BODY:
            return self.answer(413)
        body = self.rfile.read(int(size))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not verify(headers, body, public=self.key_file.read_text().strip()):
            return self.answer(401)
        self.store(headers["webhook-id"], body)
        return self.answer(204)

    def store(self, id: str, body: bytes) -> None:
        """Write a message down, unless it came before."""
        if id in self.taken:
            print(json.dumps({"again": id}), flush=True)
            return
        self.taken.add(id)
        print(json.dumps({"id": id, **json.loads(body)}), flush=True)

    def answer(self, status: int) -> None:
        """Answer without a body."""
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log no addresses."""


def main() -> None:
    """Receive on this machine until ended; behind a proxy that speaks https."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=9000)
    asked.add_argument("--key", type=Path, required=True, help="file with the public key")
    given = asked.parse_args()
    Receiver.key_file = given.key
    server = HTTPServer(("127.0.0.1", given.port), Receiver)
    print(json.dumps({"listening": server.server_address[1]}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
