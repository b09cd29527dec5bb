"""Random histories of records: exactly the evaluations that cite a changed figure are stale."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from app.domain.actor import Role
from tests.criteria.scenario import YEAR, Programme, criterion
from tests.dice import make_dice

INCIDENTS, COMMUNES = "/api/v1/incidents", ("1.1", "1.2")
FIRES, OTHERS = ("house_fire", "explosion"), ("theft", "fraud")
STALE = "query($id: UUID!) { evaluationEvidence(id: $id) { stale items { criterion stale } } }"


class Book:
    """Records as the test keeps them beside the product, and the evaluations that cite them."""

    def __init__(self, programme: Programme, dice: Random) -> None:
        self.programme, self.dice = programme, dice
        self.province = programme.at("1", Role.APPROVER)
        chosen = programme.publish(
            criterion("fires", "indicator_threshold", indicator="fires", comparator="at_most",
                      bound=1000), kind="commune",
        )  # fmt: skip
        held = programme.open(
            chosen, "1", self.province, window=f"movement_year:{YEAR - 1}",
            verify_level="province", decide_level="province",
        )  # fmt: skip
        self.window = [date.fromisoformat(held[end]) for end in ("window_from", "window_to")]
        self.standing: dict[str, dict[str, Any]] = {}
        for commune in COMMUNES:
            self.add(commune)
        self.paths = {c: programme.register(held, c, self.province) for c in COMMUNES}
        self.cited: dict[str, int] = {}
        for commune in COMMUNES:
            self.cite(commune)

    def count(self, commune: str) -> int:
        return sum(
            one["place"] == commune and one["category"] in FIRES and one["inside"]
            for one in self.standing.values()
        )

    def cite(self, commune: str) -> None:
        cited = self.province.change("POST", self.paths[commune], {}, at="/evidence")
        assert cited.status_code == 200, cited.text
        self.cited[commune] = self.count(commune)

    def add(self, commune: str) -> None:
        inside, category = self.dice.random() < 0.7, self.dice.choice(FIRES + OTHERS)
        day = self.window[0] + timedelta(days=self.dice.randrange(300) if inside else -5)
        made = self.province.post(INCIDENTS, {
            "unit": str(self.programme.country[commune]), "category": category,
            "involved_count": 1, "period_from": day.isoformat(),
        })  # fmt: skip
        assert made.status_code == 201, made.text
        self.standing[made.json()["id"]] = {
            "place": commune,
            "category": category,
            "inside": inside,
        }

    def change(self, _: str) -> None:
        id = self.dice.choice(list(self.standing))
        category = self.dice.choice(FIRES + OTHERS)
        self._patch(id, {"category": category}, category=category)

    def move(self, commune: str) -> None:
        id = self.dice.choice(list(self.standing))
        self._patch(id, {"unit": str(self.programme.country[commune])}, place=commune)

    def _patch(self, id: str, body: dict[str, Any], **fields: str) -> None:
        answer = self.province.change("PATCH", f"{INCIDENTS}/{id}", body)
        assert answer.status_code == 200, answer.text
        self.standing[id] |= fields

    def void(self, _: str) -> None:
        id = self.dice.choice(list(self.standing))
        if len(self.standing) > 1:
            reason = {"reason": "Nhập nhầm"}
            answer = self.province.change("POST", f"{INCIDENTS}/{id}", reason, at="/void")
            assert answer.status_code == 200, answer.text
            del self.standing[id]

    def list_stale(self) -> tuple[set[str], set[str]]:
        """Return the communes whose evaluation is stale by the product, and by the book."""
        rest = {c for c, path in self.paths.items()
                if self.province.get(f"{path}/evidence").json()["stale"]}  # fmt: skip
        asked = {c for c, path in self.paths.items() if self._read_evidence(path)["stale"]}
        assert rest == asked
        return rest, {c for c in COMMUNES if self.count(c) != self.cited[c]}

    def _read_evidence(self, path: str) -> Any:
        told = self.province.ask(STALE, id=path.split("/")[-1])
        return told["data"]["evaluationEvidence"]


@pytest.mark.parametrize("turn", range(3))
def test_exactly_those_that_cite_a_changed_figure_are_stale(
    programme: Programme, turn: int
) -> None:
    dice = make_dice(f"stale evidence {turn}")
    book = Book(programme, dice)
    for _ in range(8):
        act = dice.choice([book.add, book.change, book.move, book.void, book.cite])
        act(dice.choice(COMMUNES))
        found, wanted = book.list_stale()
        assert found == wanted
    for commune, path in book.paths.items():
        for action in ("assess", "submit", "verify"):
            assert book.province.move(path, {"action": action}).status_code == 200
        decided = book.province.move(path, {"action": "decide"})
        told = decided.json().get("code", decided.json().get("state"))
        assert told == ("evidence_stale" if commune in wanted else "decided")
