"""Documents that wait: drafts that were submitted."""

from app.db.tables.documents import Document, DocumentState
from app.domain.actor import Permission
from app.domain.worklists import Waiting

WAITING = (
    Waiting(
        kind="document_to_issue", table=Document, permission=Permission.DOCUMENT_ISSUE,
        where=lambda document: document.state == DocumentState.SUBMITTED,
        title=lambda document: document.title,
    ),
)  # fmt: skip
