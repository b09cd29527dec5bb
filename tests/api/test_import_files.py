"""Files that imports give back, and what is done of large ones part by part."""

from base64 import b64encode
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.actor import Role
from app.domain.exchange.imports import parts, records, worker
from app.domain.records.files.tables.formulas import neutralise, restore
from tests.api.test_imports import (
    HEADER,
    MODELS,
    PATH,
    commit,
    kind,
    lines,
    recorder,
    rows_of,
    send,
)
from tests.application import Application, Caller, runner
from tests.give import Country

__all__ = ["kind", "recorder"]
TITLES = HEADER.removeprefix("STT,")


class Killed(Exception):
    """A worker ends in the middle of its work."""


def take_parts(application: Application, id: str) -> None:
    """Do what the job does."""
    state = application.app.state.resources
    runner().run(worker.take_all_parts(state.database, state.imports, state.files, UUID(id)))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_ROWS", 3)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("last", [0, 1, 2])
def test_a_killed_worker_goes_on_after_the_last_part(
    application: Application, recorder: Caller, country: Country, kind: str, last: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made = send(recorder, lines(country, *"abcdefgh", type=kind))
    path = f"{PATH}/{made['id']}"
    take_parts(application, made["id"])
    previewed = recorder.get(path).json()
    assert (previewed["state"], previewed["done_count"]) == ("previewed", 8)
    assert commit(recorder, previewed).json()["state"] == "committing"
    written, whole = list[int](), records.create_records

    async def create(*given: Any) -> None:
        await whole(*given)
        written.append(1)
        if len(written) > last:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(records, "create_records", create)
        with pytest.raises(Killed):
            take_parts(application, made["id"])
    left = recorder.get(path).json()
    assert (left["state"], left["created_count"]) == ("committing", 3 * last)
    take_parts(application, made["id"])
    take_parts(application, made["id"])
    done = recorder.get(path).json()
    assert (done["state"], done["created_count"]) == ("committed", 8)
    assert len(recorder.get(MODELS, type=kind).json()["items"]) == 8


@pytest.mark.usefixtures("small")
def test_a_part_that_comes_out_otherwise_stops_the_rest(
    application: Application, recorder: Caller, country: Country, kind: str
) -> None:
    made = send(recorder, lines(country, *"abcdefgh", type=kind))
    take_parts(application, made["id"])
    row = rows_of(recorder, made)[4]
    previewed = recorder.get(f"{PATH}/{made['id']}").json()
    file = lines(country, *"abcdefgh", type=kind)
    reference = uuid4().hex
    file = f"{file.rstrip()}\n9,{kind},{country['1.1']},i,,,{reference}\n"
    made = send(recorder, file)
    take_parts(application, made["id"])
    previewed = recorder.get(f"{PATH}/{made['id']}").json()
    taken = {"type": kind, "units": [str(country["1.1"])], "name": "x", "reference": reference}
    assert recorder.post(MODELS, taken).status_code == 201
    assert commit(recorder, previewed).status_code == 200
    take_parts(application, made["id"])
    stopped = recorder.get(f"{PATH}/{made['id']}").json()
    told = stopped["state"], stopped["created_count"], stopped["refused_count"]
    assert told == ("previewed", 6, 1)
    assert stopped["plan_hash"] != previewed["plan_hash"]
    assert commit(recorder, stopped, skip_faults=True).status_code == 200
    take_parts(application, made["id"])
    assert recorder.get(f"{PATH}/{made['id']}").json()["created_count"] == 8
    assert row["state"] == "ready"


def test_rows_with_faults_are_corrected_and_sent_again(
    recorder: Caller, country: Country, kind: str
) -> None:
    unit = country["1.1"]
    names = ['=HYPERLINK("x")', "+84", "'=a", "''b", "@c", "-1+1"]
    rows = "".join(f'{kind},{unit},"{neutralise(name).replace(chr(34), chr(34) * 2)}",ba,,\n'
                   for name in names)  # fmt: skip
    made = send(recorder, f"{TITLES}\n{rows}")
    assert made["refused_count"] == len(names)
    given = recorder.get(f"{PATH}/{made['id']}/faults").json()["content"]
    cells = [cell for line in given.splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.strip('"')[:1] in "=+-@" and cell.strip('"')]
    again = send(recorder, given.replace(",ba,", ",3,"))
    assert again["refused_count"] == 0
    assert commit(recorder, again).json()["created_count"] == len(names)
    made_names = {one["name"] for one in recorder.get(MODELS, type=kind).json()["items"]}
    assert made_names == set(names)


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "a", "'a", "-1", "\t=1", "'", ""])
def test_formulas_are_neutralised_and_exact(text: str) -> None:
    assert restore(neutralise(text)) == text
    assert neutralise(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_each_template_can_be_read_as_what_it_is_for(application: Application, format: str) -> None:
    context = application.app.state.resources.imports
    admin = application.national(Role.APPROVER, Role.UNIT_ADMIN)
    for name in context.kinds:
        given = admin.get(f"{PATH}/template", resource=name, format=format)
        assert given.status_code == 200, given.text
        content = given.json()["content"]
        if given.json()["encoding"] == "text":
            content = b64encode(content.encode()).decode()
        sent = {"resource": name, "format": format, "content": content}
        made = admin.post(PATH, sent)
        assert made.status_code == 201, made.text
        rows = admin.get("/api/v1/import-rows", import_id=made.json()["id"]).json()["items"]
        known = {"column_unknown", "column_twice", "not_a_date", "not_a_number", "not_a_choice"}
        assert not {row["code"] for row in rows} & known, (name, rows)
