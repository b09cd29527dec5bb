"""An answer that has not changed is not sent again; one that has, or was chosen otherwise, is."""

from typing import Any

import asyncpg
import httpx
import pytest

from app.domain.actor import Role
from tests.application import Application, Caller, runner
from tests.give import Country

CHOICES: list[dict[str, Any]] = [
    {}, {"fields": "id"}, {"fields": "id,name"}, {"fields": "name,id"}, {"expand": "parent"},
    {"expand": "children"}, {"expand": "parent,children"}, {"fields": "version"},
]  # fmt: skip


@pytest.fixture
def viewer(application: Application) -> Caller:
    return application.national(Role.VIEWER)


def again(caller: Caller, path: str, tag: str, **params: Any) -> httpx.Response:
    return caller.send("GET", path, params=params, headers={"if-none-match": tag})


@pytest.mark.parametrize("path", ["/api/v1/units", "/api/v1/units/91"])
def test_what_is_known_is_not_sent_again(viewer: Caller, path: str) -> None:
    for params in CHOICES:
        first = viewer.get(path, **params)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "private, no-cache"
        for known in (tag, f'"x", {tag}', f"W/{tag}", "*"):
            answer = again(viewer, path, known, **params)
            assert (answer.status_code, answer.content) == (304, b"")
            assert answer.headers["etag"] == tag
            assert answer.headers["cache-control"] == first.headers["cache-control"]
        for other in ('"x"', "", tag[:-3] + '"'):
            assert again(viewer, path, other, **params).content == first.content


@pytest.mark.parametrize("path", ["/api/v1/units", "/api/v1/units/91"])
def test_another_choice_has_another_tag(viewer: Caller, path: str) -> None:
    tags = [viewer.get(path, **params).headers["etag"] for params in CHOICES]
    assert len(set(tags)) == len(CHOICES)
    old = viewer.get(path, as_of="2022-01-01", fields="id,name").headers["etag"]
    assert (old == tags[2]) is path.endswith("91")  # the province has not changed since
    assert viewer.get("/api/v1/units/92").headers["etag"] not in tags


def test_the_tag_of_one_row_begins_with_its_version(viewer: Caller) -> None:
    assert viewer.get("/api/v1/units/00924").headers["etag"].startswith('"7-')
    assert viewer.get("/api/v1/units/00924", fields="version").headers["etag"].startswith('"7-')
    assert viewer.get("/api/v1/units/00924", fields="name").headers["etag"].startswith('"7-')


def test_a_change_changes_the_tag(
    application: Application, land_url: str, country: Country
) -> None:
    model, viewer = country.models[-1], application.national(Role.VIEWER)
    paths = (f"/api/v1/models/{model}", "/api/v1/models")
    before = [viewer.get(path).headers["etag"] for path in paths]
    residents = viewer.get(paths[0]).json()["residents"]
    try:
        runner().run(_set_residents(land_url, model, 123_456))
        assert viewer.get(paths[0]).json()["residents"] == 123_456
        assert all(viewer.get(path).headers["etag"] not in before for path in paths)
        assert all(
            again(viewer, *pair).status_code == 200 for pair in zip(paths, before, strict=True)
        )
    finally:
        runner().run(_set_residents(land_url, model, residents))
    assert [viewer.get(path).headers["etag"] for path in paths] == before


async def _set_residents(url: str, model: Any, number: int | None) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("UPDATE model SET residents = $2 WHERE id = $1", model, number)
    await connection.close()


def test_who_may_not_read_learns_nothing_by_a_tag(
    application: Application, country: Country
) -> None:
    path = f"/api/v1/models/{country.models[0]}"
    tag = application.national(Role.VIEWER).get(path).headers["etag"]
    for known in (tag, "*"):
        assert again(application.nobody, path, known).status_code == 401
        assert again(application.national(Role.TIP_OFFICER), path, known).status_code == 403
        missing = f"/api/v1/models/{country.types['camera']}"
        assert again(application.national(Role.VIEWER), missing, known).status_code == 404
