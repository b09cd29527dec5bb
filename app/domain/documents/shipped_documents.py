"""The documents that come with the demo."""

import csv
from collections.abc import Callable, Iterator

from app.data import SHIPPED
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.documents import service
from app.domain.documents.schemas import DocumentCreate, DocumentTransition

FILES = SHIPPED / "demo"
OUT = DocumentTransition(action="register")


async def load_documents(
    session: Session, actor: Actor, progress: Callable[[str, int, int], None]
) -> None:
    """Record what sources name as documents."""
    progress("documents", 0, 1)
    for row in _rows("documents.csv"):
        out = row.pop("out") == "yes"
        made = await service.create_document(session, actor, DocumentCreate.from_cells(row))
        if out:
            await service.transition_document(session, actor, made, OUT, 1)
    progress("documents", 1, 1)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FILES / name).open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            yield {key: value for key, value in line.items() if value}
