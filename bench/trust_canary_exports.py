"""Exports of every list about cases, and the jobs that write them, while the cases are alive."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from app.domain.actor import Role
from app.domain.exchange.exports.worker import write_export
from tests.application import Caller, runner
from tests.reintegration.scenario import CaseScenario

PATH = "/api/v1/exports"
FORMATS = ("csv", "ndjson", "xlsx")
OF_LEAD = ("reintegration-cases", "reintegration-transfers", "reintegration-holds", "deadlines")
OF_CHIEF = ("reintegration-openings", "unattended-cases")


def export_lists(
    land: CaseScenario, lead: Caller, case: dict[str, Any], plant: Callable[[], str]
) -> None:
    """Export each list in each format; no file has a word of a person, packed or not."""
    mark, chief = plant()[:-6].encode(), land.who("chief", "1", Role.APPROVER)
    for caller, names in ((lead, OF_LEAD), (chief, OF_CHIEF)):
        for name in names:
            for kind in FORMATS:
                content = export_list(land, caller, name, kind)
                assert all(mark not in part for part in unpack(content)), (name, kind)
                if (name, kind) == (OF_LEAD[0], "csv"):  # the file has the case, and no more
                    assert case["case_number"].encode() in content


def export_list(land: CaseScenario, caller: Caller, name: str, kind: str) -> bytes:
    """Ask for a file, run its job, and take it."""
    asked = caller.post(PATH, {"resource": name, "format": kind})
    assert asked.status_code == 201, asked.text
    state, id = land.application.app.state.resources, asked.json()["id"]
    runner().run(write_export(state.database, state.exports, UUID(id)))
    answer = caller.get(f"{PATH}/{id}/content")
    assert answer.status_code == 200, answer.text
    return answer.content


def unpack(content: bytes) -> Iterator[bytes]:
    """Yield a file, and what a packed one has in it."""
    yield content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as packed:
            yield from map(packed.read, packed.namelist())
