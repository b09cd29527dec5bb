"""Files that are to exhaust an import, and texts that a spreadsheet would calculate."""

from base64 import b64encode
from collections.abc import Iterator
from itertools import chain
from typing import Any

import orjson
import pytest

from app.domain.actor import Role
from bench.hostile_tables import WORKBOOKS, lines, many_rows, many_texts, sheets_of_text
from tests.api.test_exports import export_list, list_payloads
from tests.api.test_import_files import take_parts
from tests.api.test_imports import PATH, commit
from tests.application import Application, Caller
from tests.give import Country

RESTING = {"previewed", "failed"}


@pytest.fixture
def admin(application: Application) -> Caller:
    return application.national(Role.APPROVER, Role.RECORDER, Role.UNIT_ADMIN)


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Yield hostile files of each format, for a resource with the columns parent and name."""
    books = (make() for make in WORKBOOKS if make not in (many_rows, many_texts))
    yield from (("xlsx", content) for content in chain(books, (many_rows(), many_texts())))
    yield from (("ndjson", content) for content in lines() if content.count(b"\n") < 1_000)
    yield from (("csv", content) for content in sheets_of_text())


def test_hostile_files_are_refused_or_named_row_by_row(
    application: Application, admin: Caller
) -> None:
    """None is an error of the server, and none makes a record."""
    count = 0
    for format, content in hostile_files():
        sent = {"resource": "units", "format": format, "content": b64encode(content).decode()}
        answer = admin.post(PATH, sent)
        count += 1
        if answer.status_code == 201:
            take_parts(application, answer.json()["id"])
            whole = admin.get(f"{PATH}/{answer.json()['id']}").json()
            assert whole["state"] in RESTING, (format, content[:40])
            assert whole["refused_count"] or whole["failure"], (format, content[:40])
        else:
            assert answer.status_code == 422, (format, content[:40], answer.text)
            assert answer.json()["code"] in ("file_unreadable", "file_too_long", "file_too_costly",
                                             "file_without_rows")  # fmt: skip
    assert count >= 25


def _send(application: Application, caller: Caller, format: str, content: bytes) -> str:
    """Import organisations, each of which must be taken."""
    sent: dict[str, Any] = {"resource": "organisations", "format": format}
    sent |= {"content": b64encode(content).decode()}
    sent |= {"columns": [{"title": "unit.id", "field": "unit"}]}
    made = caller.post(PATH, sent).json()
    take_parts(application, made["id"])
    previewed = caller.get(f"{PATH}/{made['id']}").json()
    assert previewed["refused_count"] == 0, caller.get("/api/v1/import-rows", import_id=made["id"])
    commit(caller, previewed)
    take_parts(application, made["id"])
    return str(made["id"])


@pytest.mark.parametrize(("format", "kind"), [("csv", "clan"), ("xlsx", "parish")])
def test_300_formulas_are_exact_after_export_and_import(
    application: Application, country: Country, admin: Caller, format: str, kind: str
) -> None:
    """Texts that a spreadsheet would calculate are just the same after both ways."""
    typed = {text for text in list_payloads(3_000) if text.isprintable()}
    names = sorted({" ".join(text.split()) for text in typed})[:300]
    assert len(names) == 300
    unit = str(country["2.2"])
    rows = [{"unit": unit, "kind": kind, "name": name} for name in names]
    first = _send(application, admin, "ndjson", b"\n".join(map(orjson.dumps, rows)))
    fields, filters = ["unit.id", "kind", "name"], [f"unit={unit}", f"kind={kind}"]
    file = export_list(application, admin, fields=fields, filters=filters, format=format)
    admin.move(f"{PATH}/{first}", {"action": "void", "reason": "Nhập lại"})
    take_parts(application, first)
    _send(application, admin, format, file)
    again = export_list(application, admin, fields=fields, filters=filters, format="ndjson")
    assert sorted(orjson.loads(line)["name"] for line in again.splitlines()) == sorted(names)
