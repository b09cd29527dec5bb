"""Find the embedded database of a data directory while another process runs it."""

import socket
from pathlib import Path

from app.db.embedded.lifecycle import DATABASE, ROLE


def find_running_url(data: Path) -> str | None:
    """Return the URL of a server that runs on this directory; None if there is none."""
    try:
        lines = (data / "postgres" / "postmaster.pid").read_text().splitlines()
        password = (data / "postgres.password").read_text().strip()
        with socket.create_connection(("127.0.0.1", int(lines[3])), timeout=1):
            return f"postgresql://{ROLE}:{password}@127.0.0.1:{lines[3]}/{DATABASE}"
    except (OSError, IndexError, ValueError):
        return None
