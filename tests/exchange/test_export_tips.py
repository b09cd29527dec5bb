"""Exports of tips: what the list shows to its asker, each read in the audit, never a text."""

import orjson
import pytest

from app.domain.actor import Level, Role
from app.domain.tips.shape import TIP
from tests.api.test_exports import PATH, export_list
from tests.application import Application, Caller
from tests.give import Country
from tests.tips.informant_requests import receipt

TIPS, AUDIT = "/api/v1/tips", "/api/v1/audit"
MARK = "nội dung kín của tin báo"


@pytest.fixture
def officer(application: Application, country: Country) -> Caller:
    return application.caller(Role.TIP_OFFICER, level=Level.COMMUNE, unit=country["1.1"])


def list_ids(file: bytes) -> set[str]:
    return {orjson.loads(line)["id"] for line in file.splitlines()}


def test_tips_are_exported_as_their_asker_lists_them_and_each_read_is_audited(
    application: Application, country: Country, officer: Caller
) -> None:
    receipt(application, country["1.1"], text=MARK)
    beside = application.caller(Role.TIP_OFFICER, level=Level.COMMUNE, unit=country["1.2"])
    recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    auditor = application.caller(Role.AUDITOR, level=Level.COMMUNE, unit=country["1.1"])
    file = export_list(application, officer, resource="tips", format="ndjson")
    listed = officer.get(TIPS, limit=100, order="newest").json()["items"]
    assert listed
    assert {one["id"] for one in listed} <= list_ids(file)
    assert MARK.encode() not in file
    assert set(orjson.loads(file.splitlines()[0])) <= set(TIP.fields)
    other = export_list(application, beside, resource="tips", format="ndjson")
    assert not list_ids(other) & list_ids(file)
    assert recorder.post(PATH, {"resource": "tips"}).status_code == 403
    entries = auditor.get(AUDIT, resource_id=listed[0]["id"], limit=100).json()["items"]
    assert {one["act"] for one in entries} & {"read"}


@pytest.mark.parametrize("name", ["text", "informant", "identity"])
def test_what_is_sealed_is_no_field_of_an_export(officer: Caller, name: str) -> None:
    refused = officer.post(PATH, {"resource": "tips", "fields": ["id", name]})
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_name")
