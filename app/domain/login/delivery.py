"""The way of an invitation to the person it is for: never through the hands of who invites them.

The product knows nobody's telephone or mailbox, and the inviter types none in: a gateway of the
installation takes each letter from the outbox and finds its reader in the staff register, or a
print room seals it in an envelope.
"""

import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID, uuid4

from app.db.base import now
from app.domain.login.errors import NoDeliveryChannel
from app.settings import Settings


class InvitationChannel(StrEnum):
    """The way by which an invitation reaches the person."""

    OUTBOX = "outbox"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation on its way to its reader."""

    login: str
    name: str
    unit: str
    token: str
    hours: int
    id: UUID = field(default_factory=uuid4)

    def link(self, settings: Settings) -> str:
        return f"{settings.issuer}/oauth/welcome?invitation={self.token}"


def find_channel(settings: Settings) -> InvitationChannel:
    """Return the channel of this installation; refuse where there is none."""
    if settings.invitation_outbox:
        return InvitationChannel.OUTBOX
    if settings.environment == "development":
        return InvitationChannel.CONSOLE
    raise NoDeliveryChannel()


async def deliver(settings: Settings, letter: Letter) -> None:
    """Deliver an invitation by the channel of this installation."""
    if settings.invitation_outbox:
        await asyncio.to_thread(_write, settings.invitation_outbox, settings, letter)
    else:
        sys.stderr.write(f"Invitation of {letter.login}: {letter.link(settings)}\n")


def _write(folder: Path, settings: Settings, letter: Letter) -> None:
    """Write a letter that only the server's own user can read, and never half of it."""
    facts = {name: value for name, value in asdict(letter).items() if name not in ("id", "token")}
    content = facts | {
        "link": letter.link(settings),
        "expires_at": (now() + timedelta(hours=letter.hours)).isoformat(),
        "text_vi": f"Bạn được mời đặt mật khẩu Bình Yên cho tài khoản {letter.login}. Mở liên kết "
        f"trong {letter.hours} giờ; liên kết chỉ dùng một lần: {letter.link(settings)}",
    }
    part = folder / f".{letter.id}"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(content, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        part.rename(folder / f"{letter.id}.json")
    except OSError as error:
        raise NoDeliveryChannel() from error
