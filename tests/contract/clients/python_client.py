"""openapi-python-client: a module for each operation, a class for each type."""

import os
import uuid
from typing import TypeVar

from binhyen_client import AuthenticatedClient, Client
from binhyen_client.api.public_tips import read_tip_status, submit_tip
from binhyen_client.api.teams import change_team, create_team, list_teams, transition_team
from binhyen_client.models import (
    Problem,
    ReceiptInput,
    Team,
    TeamChange,
    TeamCreate,
    TeamKind,
    TeamPage,
    TeamState,
    TeamTransition,
    TipSubmission,
    TipStatus,
    TipAccepted,
)

T = TypeVar("T")
URL, UNIT = os.environ["BINHYEN_URL"], os.environ["BINHYEN_UNIT"]
TEXT = "Đêm qua có nhóm lạ mặt tụ tập trước kho hàng ở cuối ngõ."


def expect(kind: type[T], value: object) -> T:
    """The value, which must be of this kind."""
    assert isinstance(value, kind), value
    return value


def teams(api: AuthenticatedClient) -> None:
    expect(TeamPage, list_teams.sync(client=api, unit=UNIT, limit=5))
    print("listed")

    data = TeamCreate(kind=TeamKind.YOUTH_SHOCK, unit=UNIT, name="Thanh niên xung kích")
    made = create_team.sync_detailed(client=api, body=data, idempotency_key=str(uuid.uuid4()))
    team = expect(Team, made.parsed)
    print("created")

    renamed = TeamChange(name="Thanh niên xung kích số 1")
    stale = change_team.sync_detailed(
        team.id, client=api, body=renamed, if_match='"99-0123456789abcdef"'
    )
    problem = expect(Problem, stale.parsed)
    assert (problem.status, problem.code) == (412, "stale"), problem
    print("refused a stale version with 412")

    changed = change_team.sync_detailed(
        team.id, client=api, body=renamed, if_match=made.headers["etag"]
    )
    assert expect(Team, changed.parsed).version == team.version + 1
    print("changed")

    moved = transition_team.sync(
        team.id,
        client=api,
        body=TeamTransition(action="establish"),
        if_match=changed.headers["etag"],
    )
    assert expect(Team, moved).state == TeamState.ESTABLISHED
    print("transitioned")


def tip(api: Client) -> None:
    taken = expect(TipAccepted, submit_tip.sync(client=api, body=TipSubmission(text=TEXT, unit_code=UNIT)))
    print("handed in a tip")
    status = expect(TipStatus, read_tip_status.sync(client=api, body=ReceiptInput(taken.receipt)))
    assert status.text == TEXT
    print("followed it by its receipt")


if __name__ == "__main__":
    teams(AuthenticatedClient(base_url=URL, token=os.environ["BINHYEN_TOKEN"]))
    tip(Client(base_url=URL))
