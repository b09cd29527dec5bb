"""The data directory of a database: locked by one process, with its own password."""

import fcntl
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

ADVICE = (
    "Set BINHYEN_DATABASE_URL to use a PostgreSQL server (15 or newer) of your own.",
    "Không mở được PostgreSQL kèm theo: hãy đặt BINHYEN_DATABASE_URL trỏ tới máy chủ của bạn.",
)

IN_USE = (
    "Stop it, or choose another folder by --data.",
    "Hãy dừng tiến trình đó, hoặc chọn thư mục khác bằng --data.",
)


class PostgresUnavailable(RuntimeError):
    """No PostgreSQL could be run; the message lists the attempts and the remedy."""

    def __init__(
        self, what: str, tried: Sequence[str] = (), way_out: Sequence[str] = ADVICE
    ) -> None:
        super().__init__("\n".join([what, *(f"  - {reason}" for reason in tried), *way_out]))


def lock_data_dir(data: Path) -> int:
    """Lock the data directory for the life of this process, however it ends."""
    data.mkdir(parents=True, exist_ok=True)
    lock = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(lock, 20).decode() or "unknown"
        os.close(lock)
        what = f"{data}: another process (pid {holder}) is already running on it."
        raise PostgresUnavailable(what, way_out=IN_USE) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock


def read_password(data: Path, cluster: Path) -> str:
    """Return the password of this data directory, made on first use."""
    path = data / "postgres.password"
    if path.exists() or (cluster / "PG_VERSION").exists():
        return path.read_text().strip()
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(draft, "x", opener=open_private) as file:
        file.write(password := secrets.token_urlsafe(32))
    draft.rename(path)
    return password


def open_private(path: str, flags: int) -> int:
    """Open a file that nobody else may read."""
    return os.open(path, flags, 0o600)
