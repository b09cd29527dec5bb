"""People of the country, of a commune and of a village, who evaluate; and what they do."""

from itertools import count
from typing import Any

from app.db.base import now
from app.domain.actor import Role
from tests.application import VIET_NAM, Application, Caller
from tests.give import Country

SETS, ROUNDS, EVALUATIONS = (
    f"/api/v1/{name}" for name in ("criteria-sets", "evaluation-rounds", "evaluations")
)
NUMBER = count(1)
YEAR = now().year


def criterion(code: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "vi": "Tiêu chí", "en": "Criterion"} | more


AREA = [criterion("policies", "pass_fail"), criterion("event", "knock_out"),
        criterion("advice", "manual", missing="undecided")]  # fmt: skip
FULL = [{"criterion": code, "holds": True} for code in ("policies", "event", "advice")]


def copy(chosen: Any) -> dict[str, Any]:
    """Return what an edition of a set shares with the next one."""
    names = ("code", "subject_kind", "title_vi", "title_en", "basis", "source", "certainty",
             "valid_from", "window_code")  # fmt: skip
    return {name: chosen[name] for name in names}


class Programme:
    """A country and its people, as tests of evaluations need them."""

    def __init__(self, application: Application, country: Country) -> None:
        self.application, self.country = application, country
        self.nation = self.at("", Role.APPROVER)
        self.approver = self.at("1.1", Role.APPROVER)
        self.evaluator = self.at("1.1", Role.EVALUATOR)
        self.village = self.at("1.1.1", Role.EVALUATOR)

    def at(self, path: str, role: Role) -> Caller:
        unit = self.country[path] if path else VIET_NAM
        return self.application.caller(role, level=self.country.levels[unit], unit=unit)

    def publish(self, *criteria: Any, kind: str = "residential_area", **more: Any) -> Any:
        """Publish a set of the country."""
        code = more.pop("code", f"set_{next(NUMBER)}")
        group = {"code": "group", "vi": "Nhóm", "en": "Group", "criteria": list(criteria)}
        window = "residential_area_year" if kind == "residential_area" else "movement_year"
        made = self.nation.post(SETS, {
            "code": code, "edition": 1, "subject_kind": kind, "title_vi": "Bộ", "title_en": "Set",
            "basis": "x", "source": "x", "certainty": "memory", "valid_from": "2022-02-10",
            "window_code": window, "definition": {"groups": [group], **more},
        })  # fmt: skip
        assert made.status_code == 201, made.text
        path = f"{SETS}/{made.json()['id']}"
        published = self.nation.move(path, {"action": "publish"})
        assert published.status_code == 200, published.text
        return published.json()

    def open(self, chosen: Any, unit: str = "1.1", who: Caller | None = None, **more: Any) -> Any:
        """Open a round for this year."""
        made = (who or self.approver).post(ROUNDS, {
            "unit": str(self.country[unit]), "set_id": chosen["id"], "title": "Đợt xét",
            "window": f"{chosen['window_code']}:{YEAR}", "register_by": f"{YEAR + 1}-03-31",
            "decide_by": f"{YEAR + 1}-11-15", "verify_level": "commune",
            "decide_level": "commune", **more,
        })  # fmt: skip
        assert made.status_code == 201, made.text
        return made.json()

    def register(self, held: Any, unit: str = "1.1.1", who: Caller | None = None) -> str:
        body = {"round_id": held["id"], "unit": str(self.country[unit])}
        made = (who or self.evaluator).post(EVALUATIONS, body)
        assert made.status_code == 201, made.text
        return f"{EVALUATIONS}/{made.json()['id']}"

    def answer(self, path: str, answers: list[dict[str, Any]]) -> Any:
        body = {"answers": answers}
        return self.evaluator.change("POST", path, body, at="/answers")

    def walk(self, path: str, *actions: str) -> Any:
        """Take steps as somebody who may take all of them."""
        for action in actions:
            answer = self.approver.move(path, {"action": action})
            assert answer.status_code == 200, (action, answer.text)
        return answer.json()

    def submit(self, held: Any, answers: list[dict[str, Any]], unit: str = "1.1.1") -> str:
        path = self.register(held, unit)
        assert self.answer(path, answers).status_code == 200
        self.walk(path, "assess", "submit")
        return path
