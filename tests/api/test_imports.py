"""Imports: previewed, committed by the hash of the plan, voided; whatever is refused says where."""

from base64 import b64encode
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.domain.actor import Level, Role
from tests.application import Application, Caller, runner
from tests.give import Country

PATH, ROWS, MODELS = "/api/v1/imports", "/api/v1/import-rows", "/api/v1/models"
HEADER = "STT,Mã loại mô hình,Mã đơn vị,Tên mô hình,Số hộ,Ngày ra mắt,Số tham chiếu"
CREATE = """mutation($data: ImportCreate!) { createImport(data: $data) {
    id version state planHash rowCount refusedCount } }"""
COMMIT = """mutation($id: UUID!, $v: Int!, $data: ImportTransition!) {
    transitionImport(id: $id, expectedVersion: $v, data: $data) { state createdCount } }"""


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def send(caller: Caller, file: str, **more: Any) -> Any:
    content = b64encode(file.encode()).decode()
    answer = caller.post(PATH, {"resource": "models", "format": "csv", "content": content} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def lines(country: Country, *names: str, type: str = "self_managed") -> str:
    unit = country["1.1"]
    rows = [f"{n},{type},{unit},{name},1.200,05/03/2026,{uuid4().hex}"
            for n, name in enumerate(names, start=1)]  # fmt: skip
    return "\n".join([HEADER, *rows, ""])


@pytest.fixture
def kind(application: Application) -> str:
    code = f"t{uuid4().hex}"
    admin = application.national(Role.UNIT_ADMIN)
    assert admin.post("/api/v1/model-types", {"code": code, "name": code}).status_code == 201
    return code


def rows_of(caller: Caller, made: Any) -> list[Any]:
    found: list[Any] = caller.get(ROWS, import_id=made["id"], limit=100).json()["items"]
    return found


def commit(caller: Caller, made: Any, **more: Any) -> Any:
    data = {"action": "commit", "plan_hash": made["plan_hash"]} | more
    return caller.move(f"{PATH}/{made['id']}", data)


def test_a_file_is_previewed_committed_and_voided(
    recorder: Caller, approver: Caller, country: Country, kind: str
) -> None:
    made = send(recorder, lines(country, "Tự quản", "Camera an ninh", type=kind))
    assert (made["state"], made["row_count"], made["refused_count"]) == ("previewed", 2, 0)
    assert {row["state"] for row in rows_of(recorder, made)} == {"ready"}
    assert not recorder.get(MODELS, type=kind).json()["items"]
    done = commit(recorder, made).json()
    assert (done["state"], done["created_count"]) == ("committed", 2)
    ids = [row["record_id"] for row in rows_of(recorder, made)]
    found = [recorder.get(f"{MODELS}/{id}").json() for id in ids]
    assert [(one["name"], one["households"], one["launched_on"]) for one in found] == [
        ("Tự quản", 1200, "2026-03-05"), ("Camera an ninh", 1200, "2026-03-05")
    ]  # fmt: skip
    assert commit(recorder, made).status_code == 409
    gone = approver.move(f"{PATH}/{made['id']}", {"action": "void", "reason": "Nhầm tệp"}).json()
    assert (gone["state"], gone["voided_count"], gone["created_count"]) == ("voided", 2, 0)
    assert recorder.get(f"{MODELS}/{ids[0]}").json()["voided_at"]


def test_rows_with_faults_stop_the_commit_and_say_where(
    recorder: Caller, country: Country, kind: str
) -> None:
    unit, other = country["1.1"], country["2.2"]
    file = f"Danh sách\n{HEADER}\n1,{kind},{unit},Một,nhiều,,\n2,{kind},{other},Hai,,,\n" \
           f"3,{kind},{unit},Ba,,,a\n4,{kind},{unit},Bốn,,,a\n5,{kind},{unit},Năm,,,\n"  # fmt: skip
    made = send(recorder, file)
    assert (made["row_count"], made["refused_count"]) == (5, 3)
    told = [(r["row"], r["column"], r["field"], r["code"], r["state"])
            for r in rows_of(recorder, made)]  # fmt: skip
    assert told == [
        (3, "E", "households", "not_a_number", "refused"),
        (4, "C", "units", "unit_not_found", "refused"),
        (5, None, None, None, "ready"),
        (6, "G", "reference", "row_repeated", "refused"),
        (7, None, None, None, "ready"),
    ]
    assert commit(recorder, made).json()["code"] == "rows_refused"
    assert commit(recorder, made, skip_faults=True).json()["created_count"] == 2


def test_what_would_come_out_otherwise_is_not_committed(
    recorder: Caller, country: Country, kind: str
) -> None:
    made = send(recorder, lines(country, "Một", "Hai", type=kind))
    stale = commit(recorder, made | {"plan_hash": "0"})
    assert (stale.status_code, stale.json()["code"]) == (409, "plan_changed")
    reference = lines(country, "Một", type=kind).splitlines()[1].rpartition(",")[2]
    made = send(recorder, f"{HEADER}\n1,{kind},{country['1.1']},Một,,,{reference}\n")
    taken = {"type": kind, "units": [str(country["1.1"])], "name": "x", "reference": reference}
    assert recorder.post(MODELS, taken).status_code == 201
    moved = commit(recorder, made)
    assert (moved.status_code, moved.json()["code"]) == (409, "plan_changed")
    assert [(d["row"], d["code"]) for d in moved.json()["differing"]] == [(2, "already_recorded")]
    again = recorder.move(f"{PATH}/{made['id']}", {"action": "check"}).json()
    assert (again["refused_count"], again["plan_hash"]) == (1, moved.json()["plan_hash"])


def test_over_graphql_it_is_the_same(recorder: Caller, country: Country, kind: str) -> None:
    content = b64encode(lines(country, "Một", type=kind).encode()).decode()
    data = {"resource": "models", "format": "CSV", "content": content}
    made = recorder.ask(CREATE, data=data)["data"]["createImport"]
    assert (made["state"], made["refusedCount"]) == ("PREVIEWED", 0)
    act = {"action": "commit", "planHash": made["planHash"]}
    done = recorder.ask(COMMIT, id=made["id"], v=made["version"], data=act)
    assert done["data"]["transitionImport"] == {"state": "COMMITTED", "createdCount": 1}


def test_an_import_is_read_by_who_made_it_and_by_administrators(
    application: Application, recorder: Caller, country: Country, kind: str
) -> None:
    made = send(recorder, lines(country, "Một", type=kind))

    async def give_away() -> None:
        async with application.behind() as session:
            await session.execute(
                text("UPDATE data_import SET created_by = 'another' WHERE id = :id"),
                {"id": made["id"]},
            )

    runner().run(give_away())
    path = f"{PATH}/{made['id']}"
    assert recorder.get(path).status_code == 404
    assert not rows_of(recorder, made)
    admin = application.caller(Role.UNIT_ADMIN, level=Level.COMMUNE, unit=country["1.1"])
    assert admin.get(path).json()["row_count"] == 1
    assert admin.move(path, {"action": "check"}).status_code == 403
