"""Attachments at both layers: who may, whose they are, what is stored of them and for how long."""

import asyncio
import io
from base64 import b64decode, b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.db.session import Database, execute
from app.db.storage import Storage, StorageError
from app.domain.actor import Role
from app.domain.attachments import queries
from app.domain.attachments.cleanup import delete_orphans
from tests.application import Application, runner
from tests.documents.conftest import DOCUMENTS, Archive, send
from tests.documents.files import pdf

ADD = """mutation($id: UUID!, $data: AttachmentAdd!) {
    addAttachment(documentId: $id, data: $data) { id fileName sha256 size mediaType } }"""
CONTENT = "query($id: UUID!) { attachmentContent(id: $id) { fileName content sha256 } }"


def a_pdf() -> bytes:
    """One that nobody else has."""
    return pdf(uuid4().hex.encode())


def base64(content: bytes) -> str:
    return b64encode(content).decode()


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


def attach(archive: Archive, content: bytes, document: str | None = None) -> dict[str, Any]:
    document = document or archive.document()["id"]
    made = send(archive.at(Role.RECORDER), document, content)
    assert made.status_code == 201, made.text
    row: dict[str, Any] = made.json()
    return row


def test_who_may_attach(archive: Archive) -> None:
    id, given = archive.document()["id"], {"fileName": "a.pdf", "content": base64(pdf())}
    for caller, status, code in (
        (archive.application.nobody, 401, "unauthenticated"),
        (archive.at(Role.VIEWER), 403, "forbidden"),
        (archive.at(Role.RECORDER, path="1.2"), 404, "document_not_found"),
    ):
        told = send(caller, id, pdf())
        assert (told.status_code, told.json()["code"]) == (status, code)
        asked = caller.query(ADD, id=id, data=given)
        assert asked.status_code == (401 if status == 401 else 200)
        assert status == 401 or code_of(asked.json()) == code


def test_who_may_read_a_content(archive: Archive) -> None:
    row = attach(archive, a_pdf())
    path = f"/api/v1/attachments/{row['id']}/content"
    for caller, status, code in (
        (archive.application.nobody, 401, "unauthenticated"),
        (archive.at(Role.OPERATOR), 403, "forbidden"),
        (archive.at(Role.VIEWER, path="1.2"), 404, "attachment_not_found"),
        (archive.at(Role.VIEWER, path="2"), 404, "attachment_not_found"),
    ):
        told = caller.get(path)
        assert (told.status_code, told.json()["code"]) == (status, code)
        asked = caller.query(CONTENT, id=row["id"])
        assert status == 401 or code_of(asked.json()) == code
    assert archive.at(Role.VIEWER, path="1").get(path).status_code == 200


def test_both_apis_take_and_give_the_same(archive: Archive) -> None:
    document, content = archive.document()["id"], a_pdf()
    recorder = archive.at(Role.RECORDER)
    given = {"fileName": "Quyết định.pdf", "content": base64(content)}
    row = recorder.ask(ADD, id=document, data=given)["data"]["addAttachment"]
    assert (row["fileName"], row["sha256"]) == ("Quyết định.pdf", sha256(content).hexdigest())
    again = send(recorder, document, content, "Quyết định.pdf").json()
    assert again["id"] == row["id"]
    read = recorder.ask(CONTENT, id=row["id"])["data"]["attachmentContent"]
    assert b64decode(read["content"]) == content
    rest = recorder.get(f"/api/v1/attachments/{row['id']}/content")
    assert rest.content == content
    known = recorder.get(f"{DOCUMENTS}/{document}", expand="attachments").json()["attachments"]
    assert [one["id"] for one in known] == [row["id"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"fileName": "a.pdf", "content": "%%%"}, "bad_request"),
        ({"fileName": "../a.pdf", "content": ""}, "file_refused"),
        ({"fileName": "a.pdf", "content": base64(b"MZ\0")}, "file_kind_not_taken"),
    ],
)
def test_graphql_refuses_alike(archive: Archive, data: Any, code: str) -> None:
    before = archive.list_stored(), archive.rows()
    told = archive.at(Role.RECORDER).ask(ADD, id=archive.document()["id"], data=data)
    assert code_of(told) == code
    assert (archive.list_stored(), archive.rows()) == before


def test_graphql_gives_small_contents_only(archive: Archive) -> None:
    row = attach(archive, a_pdf() + b"%" + b"x" * 300_000 + b"\nstartxref\n0\n%%EOF\n")
    told = archive.at(Role.VIEWER).ask(CONTENT, id=row["id"])
    assert code_of(told) == "content_too_large_here"
    assert archive.at(Role.VIEWER).get(f"/api/v1/attachments/{row['id']}/content").is_success


def test_the_same_content_is_stored_once_and_each_attachment_is_a_row(archive: Archive) -> None:
    content, before = a_pdf(), len(archive.list_stored())
    first, second = attach(archive, content), attach(archive, content)
    assert first["id"] != second["id"]
    assert first["sha256"] == second["sha256"] == sha256(content).hexdigest()
    assert len(archive.list_stored()) == before + 1


def test_the_same_file_sent_twice_at_once_is_one(archive: Archive) -> None:
    document, content = archive.document()["id"], a_pdf()
    recorder = archive.at(Role.RECORDER)
    headers = recorder.headers | {"file-name": "a.pdf"}

    async def both() -> list[Any]:
        path = f"{DOCUMENTS}/{document}/attachments"
        sent = [
            archive.application.answer("POST", path, content=content, headers=headers) for _ in "ab"
        ]
        return await asyncio.gather(*sent)

    one, other = runner().run(both())
    assert (one.status_code, other.status_code) == (201, 201)
    assert one.json()["id"] == other.json()["id"]


def test_a_client_that_has_the_content_gets_not_modified(archive: Archive) -> None:
    row = attach(archive, a_pdf())
    path, viewer = f"/api/v1/attachments/{row['id']}/content", archive.at(Role.VIEWER)
    tag = viewer.get(path).headers["etag"]
    assert tag == f'"{row["sha256"]}"'
    again = viewer.send("GET", path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_content_is_never_shown_in_place(archive: Archive) -> None:
    headers = (
        archive.at(Role.VIEWER)
        .get(f"/api/v1/attachments/{attach(archive, a_pdf())['id']}/content")
        .headers
    )
    assert headers["content-disposition"] == "attachment; filename*=UTF-8''a.pdf"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "private, no-cache"


def test_an_attachment_is_accounted_for(archive: Archive) -> None:
    row = attach(archive, a_pdf())

    async def entries() -> list[Any]:
        async with archive.application.behind() as session:
            found = await execute(
                session,
                text("SELECT act, operation, fields FROM audit_entry WHERE resource_id = :id"),
                {"id": row["id"]},
            )
            return list(found.all())

    [(act, operation, fields)] = runner().run(entries())
    assert (act, operation) == ("create", "attachment:write")
    assert "sha256" in fields


def test_what_a_failed_transaction_left_is_swept_and_nothing_else(archive: Archive) -> None:
    kept = attach(archive, a_pdf())
    database: Database = archive.application.app.state.resources.database
    storage, left = Storage.in_folder(archive.folder), sha256(b"left").hexdigest()

    async def leave() -> None:
        await storage.put(left, io.BytesIO(b"left"))

    runner().run(leave())
    assert any(left in path for path, _ in archive.list_stored())
    assert runner().run(delete_orphans(database, storage)) == 0  # it may be on its way
    assert runner().run(delete_orphans(database, storage, timedelta(seconds=-1))) == 1
    assert not any(left in path for path, _ in archive.list_stored())
    path = f"/api/v1/attachments/{kept['id']}/content"
    assert archive.at(Role.VIEWER).get(path).status_code == 200


def test_a_content_that_is_being_taken_up_is_not_swept(archive: Archive) -> None:
    database: Database = archive.application.app.state.resources.database
    storage, mark = Storage.in_folder(archive.folder), sha256(b"on its way").hexdigest()

    async def meet() -> tuple[int, int]:
        async with database.write_transaction() as session:
            await queries.lock_content_shared(session, mark)
            await storage.put(mark, io.BytesIO(b"on its way"))
            during = await delete_orphans(database, storage, timedelta(seconds=-1))
        return during, await delete_orphans(database, storage, timedelta(seconds=-1))

    assert runner().run(meet()) == (0, 1)


def test_a_content_that_is_lost_is_reported_and_nothing_breaks(
    archive: Archive, application_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    row = attach(archive, a_pdf())
    empty = tmp_path_factory.mktemp("empty")
    with Application.on(application_url, storage=f"file://{empty}") as other:
        viewer = other.national(Role.VIEWER)
        told = viewer.get(f"/api/v1/attachments/{row['id']}/content")
        assert (told.status_code, told.json()["code"]) == (503, "storage_unavailable")
        assert code_of(viewer.ask(CONTENT, id=row["id"])) == "storage_unavailable"


def test_a_storage_that_cannot_be_written_leaves_no_row(archive: Archive) -> None:
    class Away(Storage):
        async def put(self, sha256: str, file: Any) -> None:
            raise StorageError("put")

    application, before = archive.application.app.state.resources, archive.rows()
    whole = application.storage
    object.__setattr__(application, "storage", Away(dict))
    try:
        told = send(archive.at(Role.RECORDER), archive.document()["id"], a_pdf())
    finally:
        object.__setattr__(application, "storage", whole)
    assert (told.status_code, told.json()["code"]) == (503, "storage_unavailable")
    assert archive.rows() == before
