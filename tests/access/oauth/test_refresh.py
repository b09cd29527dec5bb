"""Families of refresh tokens: one leaf lives, and what comes twice ends all."""

import asyncio
import os
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select
from sqlmodel import col

from app.db.base import now
from app.db.tables.auth import Account, AuthSession, Client, Grant, RefreshToken
from app.db.tables.records import AuditEntry
from app.domain.actor import Role
from app.domain.auth.sessions import enter_session
from app.domain.oauth.rules import digest
from app.domain.oauth.service import delete_expired_tokens
from tests.access.oauth.give import App, change, check_both_layers, put, run
from tests.application import VIET_NAM, Application, runner

FAMILIES = int(os.environ.get("BINHYEN_TEST_FAMILIES", "40"))


@pytest.fixture
def app(application: Application) -> App:
    return App.of(application, Role.VIEWER)


def error_of(answer: httpx.Response) -> str | None:
    body = answer.json()
    assert answer.status_code == (400 if "error" in body else 200), body
    error: str | None = body.get("error")
    return error


def age_token(app: App, token: str, seconds: float) -> None:
    """Let it be so long ago that a leaf was used."""
    past = now() - timedelta(seconds=seconds)
    put(app.application, RefreshToken.token_hash, digest(token), used_at=past)


def live_leaves(app: App, access: str) -> int:
    held = app.session_of(access)
    mine = col(RefreshToken.session_id) == held.id
    alive = select(func.count()).where(mine, col(RefreshToken.used_at).is_(None))
    count: int = change(app.application, alive).scalar_one()
    return 0 if held.ended_at else count


def test_each_use_gives_the_next_leaf(app: App) -> None:
    tokens = app.enter()
    for _ in range(3):
        fresh = app.refresh(tokens["refresh_token"]).json()
        assert fresh["refresh_token"] != tokens["refresh_token"]
        assert check_both_layers(app.application, fresh["access_token"]) == (True, True)
        tokens = fresh
    assert live_leaves(app, tokens["access_token"]) == 1


def test_a_refresh_may_be_retried_after_a_lost_answer(app: App) -> None:
    tokens = app.enter()
    lost = app.refresh(tokens["refresh_token"]).json()
    found = app.refresh(tokens["refresh_token"]).json()
    assert live_leaves(app, tokens["access_token"]) == 1
    # what was lost a moment ago is refused, and takes nobody along
    assert error_of(app.refresh(lost["refresh_token"])) == "invalid_grant"
    assert error_of(app.refresh(found["refresh_token"])) is None


DAY = 86_400


def test_a_device_that_was_offline_after_a_lost_answer_goes_on(app: App) -> None:
    """The same old token, hours later and more than once: nobody has used its successors."""
    tokens = app.enter()
    for _ in range(3):
        app.refresh(tokens["refresh_token"])  # the answer is lost
        age_token(app, tokens["refresh_token"], DAY)
    found = app.refresh(tokens["refresh_token"]).json()
    assert check_both_layers(app.application, found["access_token"]) == (True, True)
    assert live_leaves(app, found["access_token"]) == 1
    assert error_of(app.refresh(found["refresh_token"])) is None


def test_a_retry_after_the_successor_was_used_is_theft(app: App) -> None:
    """However soon: its use shows that the answer has arrived."""
    tokens = app.enter()
    fresh = app.refresh(tokens["refresh_token"]).json()
    last = app.refresh(fresh["refresh_token"]).json()
    assert error_of(app.refresh(tokens["refresh_token"])) == "invalid_grant"
    assert error_of(app.refresh(last["refresh_token"])) == "invalid_grant"
    assert check_both_layers(app.application, last["access_token"]) == (False, False)
    assert app.session_of(last["access_token"]).end_reason == "refresh_reused"


def test_a_thief_with_the_token_before_is_found_when_its_owner_comes_back(app: App) -> None:
    tokens = app.enter()
    owner = app.refresh(tokens["refresh_token"]).json()
    age_token(app, tokens["refresh_token"], 600)
    thief = app.refresh(tokens["refresh_token"]).json()
    age_token(app, owner["refresh_token"], 31)  # it was replaced, and its owner knows nothing of it
    assert error_of(app.refresh(owner["refresh_token"])) == "invalid_grant"
    assert error_of(app.refresh(thief["refresh_token"])) == "invalid_grant"
    assert check_both_layers(app.application, thief["access_token"]) == (False, False)


def test_the_token_before_ends_when_nobody_uses_it(app: App) -> None:
    tokens = app.enter()
    app.refresh(tokens["refresh_token"])
    past = now() - timedelta(seconds=1)
    put(app.application, RefreshToken.token_hash, digest(tokens["refresh_token"]), expires_at=past)
    assert error_of(app.refresh(tokens["refresh_token"])) == "invalid_grant"


def test_a_leaf_that_a_retry_replaced_is_theft_when_it_comes_late(app: App) -> None:
    tokens = app.enter()
    lost = app.refresh(tokens["refresh_token"]).json()
    found = app.refresh(tokens["refresh_token"]).json()
    age_token(app, lost["refresh_token"], 31)
    assert error_of(app.refresh(lost["refresh_token"])) == "invalid_grant"
    assert error_of(app.refresh(found["refresh_token"])) == "invalid_grant"


def reuse(app: App) -> bool:
    """Use a grandparent again; whether the family is dead at every layer."""
    tokens = app.enter()
    second = app.refresh(tokens["refresh_token"]).json()
    third = app.refresh(second["refresh_token"]).json()
    assert check_both_layers(app.application, third["access_token"]) == (True, True)
    assert error_of(app.refresh(tokens["refresh_token"])) == "invalid_grant"
    dead = [error_of(app.refresh(x["refresh_token"])) for x in (tokens, second, third)]
    layers = [
        check_both_layers(app.application, x["access_token"]) for x in (tokens, second, third)
    ]
    why = app.session_of(third["access_token"]).end_reason
    return (set(dead), set(layers), why) == ({"invalid_grant"}, {(False, False)}, "refresh_reused")


def test_reuse_kills_every_family(app: App) -> None:
    assert sum(reuse(app) for _ in range(FAMILIES)) == FAMILIES


def test_a_family_that_ends_stands_in_the_audit(app: App) -> None:
    assert reuse(app)
    told = select(AuditEntry).where(col(AuditEntry.subject) == str(app.person))
    entry = change(app.application, told).one()
    assert (entry.act, entry.resource, entry.reason) == ("security", "session", "refresh_reused")
    assert (entry.client, entry.unit_id) == (app.client_id, VIET_NAM)


def test_fifty_at_once_leave_one_leaf(app: App) -> None:
    tokens = app.enter()
    form = {"grant_type": "refresh_token", "client_id": app.client_id}
    form |= {"refresh_token": tokens["refresh_token"]}

    async def all_at_once() -> list[httpx.Response]:
        asked = (app.application.answer("POST", "/oauth/token", data=form) for _ in range(50))
        return list(await asyncio.gather(*asked))

    answers = runner().run(all_at_once())
    assert {answer.status_code for answer in answers} == {200}
    given = [answer.json()["refresh_token"] for answer in answers]
    assert len(set(given)) == 50
    assert live_leaves(app, tokens["access_token"]) == 1
    works = [token for token in given if error_of(app.refresh(token)) is None]
    assert len(works) == 1
    assert app.session_of(tokens["access_token"]).ended_at is None


def test_many_retries_at_once_a_day_after_a_lost_answer_leave_one_leaf(app: App) -> None:
    tokens = app.enter()
    app.refresh(tokens["refresh_token"])  # the answer is lost
    age_token(app, tokens["refresh_token"], DAY)
    form = {"grant_type": "refresh_token", "client_id": app.client_id}
    form |= {"refresh_token": tokens["refresh_token"]}

    async def all_at_once() -> list[httpx.Response]:
        asked = (app.application.answer("POST", "/oauth/token", data=form) for _ in range(10))
        return list(await asyncio.gather(*asked))

    answers = runner().run(all_at_once())
    assert {answer.status_code for answer in answers} == {200}
    assert live_leaves(app, tokens["access_token"]) == 1
    given = [answer.json()["refresh_token"] for answer in answers]
    assert [error_of(app.refresh(token)) for token in given].count(None) <= 1


def test_a_leaf_is_of_no_use_to_another_client(app: App) -> None:
    tokens = app.enter()
    assert error_of(App.of(app.application).refresh(tokens["refresh_token"])) == "invalid_grant"
    assert error_of(app.refresh(tokens["refresh_token"])) is None


def test_a_leaf_ends_when_nobody_uses_it_and_a_family_in_any_case(app: App) -> None:
    for column in (RefreshToken.session_id, AuthSession.id):
        tokens = app.enter()
        held = app.session_of(tokens["access_token"])
        days = held.expires_at - now()
        assert timedelta(days=29) < days <= timedelta(days=30)
        past = now() - timedelta(seconds=1)
        put(app.application, column, held.id, expires_at=past)
        assert error_of(app.refresh(tokens["refresh_token"])) == "invalid_grant"


def test_idle_time_starts_again_with_each_leaf_but_not_the_family(app: App) -> None:
    tokens = app.enter()
    held = app.session_of(tokens["access_token"])
    end = now() + timedelta(days=2)
    put(app.application, AuthSession.id, held.id, expires_at=end)
    leaf = digest(app.refresh(tokens["refresh_token"]).json()["refresh_token"])
    until = select(col(RefreshToken.expires_at)).where(col(RefreshToken.token_hash) == leaf)
    assert change(app.application, until).scalar_one() == end


def test_a_refresh_may_ask_for_less_but_not_for_more(app: App) -> None:
    tokens = app.enter(scope="unit:read me:read")
    assert error_of(app.refresh(tokens["refresh_token"], scope="model:read")) == "invalid_scope"
    less = app.refresh(tokens["refresh_token"], scope="me:read").json()
    assert less["scope"] == "me:read"
    assert app.refresh(less["refresh_token"]).json()["scope"] == "me:read unit:read"


def test_a_changed_role_holds_with_the_next_request(app: App) -> None:
    tokens = app.enter()
    held = app.session_of(tokens["access_token"])
    put(app.application, Grant.account_id, app.person, role="operator")
    bumped = {"version": held.version + 1}
    put(app.application, AuthSession.id, held.id, **bumped)
    assert check_both_layers(app.application, tokens["access_token"]) == (False, False)
    fresh = app.refresh(tokens["refresh_token"]).json()
    assert fresh["scope"] == "me:read me:write"


@pytest.mark.parametrize("who", ["person", "client"])
def test_a_disabled_account_refreshes_nothing(app: App, who: str) -> None:
    tokens = app.enter()
    if who == "person":
        put(app.application, Account.id, app.person, disabled_at=now())
    else:
        put(app.application, Client.client_id, app.client_id, disabled_at=now())
    answer = app.refresh(tokens["refresh_token"])
    assert answer.json()["error"] == ("invalid_grant" if who == "person" else "invalid_client")


def test_what_has_expired_is_forgotten_with_all_that_hangs_on_it(app: App) -> None:
    old, kept = app.enter(), app.enter()
    held = app.session_of(old["access_token"])
    long_ago = now() - timedelta(days=2)
    put(app.application, AuthSession.id, held.id, expires_at=long_ago)
    assert run(app.application, delete_expired_tokens) >= 1
    assert check_both_layers(app.application, old["access_token"]) == (False, False)
    assert error_of(app.refresh(old["refresh_token"])) == "invalid_grant"
    assert check_both_layers(app.application, kept["access_token"]) == (True, True)
    assert error_of(app.refresh(kept["refresh_token"])) is None


def test_a_transaction_of_a_session_that_ended_is_not_begun(app: App) -> None:
    tokens = app.enter()
    actor = app.application.app.state.resources.tokens.actor(tokens["access_token"])
    run(app.application, lambda session: enter_session(session, actor))
    app.application.nobody.send(
        "POST", "/oauth/revoke",
        data={"token": tokens["refresh_token"], "client_id": app.client_id},
    )  # fmt: skip
    with pytest.raises(Exception, match="unauthenticated"):
        run(app.application, lambda session: enter_session(session, actor))
