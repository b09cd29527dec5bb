"""Writes of daily work: the plain ones, and the widest activity that a client can send."""

from typing import Any

from bench.cases import COMMUNES
from bench.request import Ask
from bench.scenario import Scenario

READ = "read an activity"
DAY, NAME = "2026-03-02", "Số @@@@@@@@"


def build_cases(scenario: Scenario, token: str, port: int) -> dict[str, Ask]:
    """Build the requests, with what they refer to; a number makes each of them another."""

    def ask(path: str, body: dict[str, Any] | None = None, **more: str) -> Ask:
        return Ask(f"/api/v1/{path}", token, body, more)

    def make(path: str, **body: Any) -> str:
        return str(ask(path, body).answer(port)["id"])

    places = [row["code"] for row in scenario.fetch(COMMUNES)]
    unit = places[0]
    model = {"type": "bench_camera", "units": [unit], "name": f"Camera {NAME}"}
    team = {"unit": unit, "kind": "protection_team", "name": f"Tổ {NAME}"}
    incident = {"unit": unit, "category": "neighbour_dispute", "involved_count": 2,
                "period_from": DAY, "period_to": DAY, "reference": NAME}  # fmt: skip
    simple = {"unit": unit, "kind": "patrol", "starts_on": DAY, "is_night": True,
              "reference": NAME, "quantities": [{"measure": "patrols", "value": 3}]}  # fmt: skip
    organisation = {"unit": unit, "kind": "school", "name": f"Trường {NAME}"}
    document = ask("documents", {
        "unit": unit, "kind": "plan", "title": "Kế hoạch", "issued_on": "2026-01-05",
        "issuer": "UBND xã", "level": "commune",
    }).answer(port)  # fmt: skip
    ask(
        f"documents/{document['id']}/transitions",
        {"action": "register", "effective_on": "2026-01-05"},
        **{"if-match": '"1"'},
    ).answer(port)
    wide = simple | {
        "kind": "mediation", "units": places[1:4], "dispute_kind": "land", "is_night": None,
        "is_successful": True, "document_id": document["id"],
        "quantities": [{"measure": "disputes_mediated", "value": 2},
                       {"measure": "dispute_parties", "value": 5}],
        "models": [make("models", **model) for _ in range(3)],
        "teams": [make("teams", **team) for _ in range(3)],
        "organisations": [make("organisations", **organisation) for _ in range(3)],
        "incidents": [make("incidents", **incident) for _ in range(3)],
        "campaign_id": make("campaigns", unit=unit, title="Đợt", starts_on="2026-03-01",
                            ends_on="2026-03-31"),
    }  # fmt: skip
    one = make("activities", **simple)
    return {
        READ: ask(f"activities/{one}"),
        "record a model": ask("models", model),
        "record a team": ask("teams", team),
        "record an incident": ask("incidents", incident),
        "record an activity": ask("activities", simple),
        "record the widest activity": ask("activities", wide),
    }
