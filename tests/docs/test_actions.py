"""The integrator's guide says for every action what it wants, as the state machines declare it."""

import re

from app.domain.accounts import states as accounts
from app.domain.commendations import rules as commendations
from app.domain.confidential.identity import rules as identity
from app.domain.confidential.transfers import rules as transfers
from app.domain.documents import rules as documents
from app.domain.forces import states as forces
from app.domain.programme_models import states as models
from app.domain.records.state_machine import StateMachine
from app.domain.tips import states as tips
from app.domain.units.reorganisations import states as reorganisations
from tests.docs.findings import ROOT

MACHINES: dict[str, StateMachine] = {  # type: ignore[type-arg]  # one kind of state each
    "models": models.LIFE,
    "model-recognitions": models.RECOGNITION,
    "teams": forces.TEAM_LIFE,
    "team-members": forces.MEMBERSHIP,
    "committees": forces.COMMITTEE_LIFE,
    "documents": documents.LIFE,
    "commendations": commendations.LIFE,
    "unit-reorganisations": reorganisations.LIFE,
    "accounts": accounts.HOLDER_LIFE,
    "clients": accounts.HOLDER_LIFE,
    "grants": accounts.GRANT_LIFE,
    "tips": tips.TIP_LIFE,
    "tip-transfers": transfers.OFFER_LIFE,
    "identity-requests": identity.LIFE,
}
WANTED_BY_A_RULE = {("models", "launch"), ("commendations", "award")}  # unless it is recorded


def read_table() -> dict[tuple[str, str], tuple[set[str], str, str]]:
    """Return the rows of the guide: sources, target and wishes of each path and action."""
    guide = (ROOT / "docs/guide/integrator.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| ([a-z-]+) \| `(\w+)` \| (.+?) \| (\w+) \|(.*)\|$", guide)
    return {
        (path, action): (set(source.split(", ")), to, wants)
        for path, action, source, to, wants in rows
    }


def test_every_action_is_listed_with_what_it_wants() -> None:
    table = read_table()
    declared = {(path, step.action): step for path, life in MACHINES.items() for step in life.steps}
    assert set(table) == set(declared)
    for key, step in declared.items():
        sources, to, wants = table[key]
        wanted_document = step.needs_document or key in WANTED_BY_A_RULE
        assert to == step.to, key
        assert ("`reason`" in wants, "`document_id`" in wants) == (
            step.needs_reason,
            wanted_document,
        ), key
        every = {str(state) for state in type(step.to)}
        if any(source.startswith("any but ") for source in sources):
            sources = every - {source.removeprefix("any but ") for source in sources}
        assert sources == {str(state) for state in step.sources}, key


def test_every_path_with_transitions_is_listed() -> None:
    contract = (ROOT / "openapi/openapi.json").read_text(encoding="utf-8")
    assert set(re.findall(r'"/api/v1/([a-z-]+)/\{id\}/transitions"', contract)) == set(MACHINES)
