"""Histories of models and teams, and their figures recomputed from what was only ever added.

Numbers, steps, corrections and voids come in any order; the figures of any day are recomputed from
the entries of quantities and the log of transitions, and compared with those that the product says.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from tests.application import Caller
from tests.recomputed_figures import Figures, recompute_figures

FIRST, DAYS = date(2020, 1, 1), 900
TYPES = ("camera", "to_hoa_giai")
STEPS = ("operate", "suspend", "resume", "review", "replicate")


class History:
    """Records of two villages, changed at random by somebody who may do everything there."""

    def __init__(self, caller: Caller, commune: str, dice: Random) -> None:
        self.caller, self.dice, self.commune = caller, dice, commune
        self.villages = [self._village() for _ in range(2)]
        self.models: list[str] = []
        self.teams: list[str] = []
        self.moves: list[Callable[[], Any]] = [
            self._count_households, self._count_groups, self._step, self._step, self._relaunch,
            self._rehost, self._retype, self._void_model, self._size, self._restand, self._move,
            self._void_team,
        ]  # fmt: skip
        for _ in range(3):
            self.add_model()
        self.add_team()

    def add_model(self) -> None:
        """Record one more model, at work since some day."""
        words = {"type": self.dice.choice(TYPES), "name": "Mô hình", "households": 5, "groups": 2}
        words |= {"units": self._hosts(), "launched_on": self._day()}
        self.models.append(self._make("models", words))

    def add_team(self) -> None:
        """Record one more team, which has stood since some day."""
        words = {"kind": "core_group", "name": f"Tổ {uuid4().hex[:8]}", "counted_size": 4}
        words |= {"unit": self.dice.choice(self.villages), "established_on": self._day()}
        self.teams.append(self._make("teams", words))

    def take(self) -> str:
        """Make one change, which may be refused for what stands; return its name."""
        move = self.dice.choice([*self.moves, self.add_model, self.add_team])
        answer = move()
        refused = answer is not None and answer.status_code not in (200, 409, 422)
        assert not refused, (move.__name__, answer.status_code, answer.text)
        return move.__name__

    def compare(self, meant_on: str | None = None) -> list[str]:
        """Return where the figures of a village on a day differ from what the entries say.

        `meant_on` takes the entries as of another day, which has to be found out.
        """
        village, day = self.dice.choice(self.villages), self._day()
        said = self._read(village, day)
        meant = recompute_figures(self.caller, self.models, self.teams, village, meant_on or day)
        return [f"{village} on {day}: {said} for {meant}"] if said != meant else []

    def _village(self) -> str:
        words = {"kind": "village", "name": f"Thôn {uuid4().hex}", "valid_from": "2019-01-01"}
        return self._make("units", words | {"parent": self.commune}).rpartition("/")[2]

    def _make(self, path: str, words: dict[str, Any]) -> str:
        made = self.caller.post(f"/api/v1/{path}", words)
        assert made.status_code == 201, made.text
        return f"/api/v1/{path}/{made.json()['id']}"

    def _day(self) -> str:
        return str(FIRST + timedelta(days=self.dice.randrange(DAYS)))

    def _hosts(self) -> list[str]:
        return self.dice.sample(self.villages, self.dice.choice((1, 1, 2)))

    def _number(self) -> int | None:
        return self.dice.randrange(50) if self.dice.random() < 0.95 else None

    def _change(self, paths: list[str], **data: Any) -> Any:
        return self.caller.change("PATCH", self.dice.choice(paths), data)

    def _void(self, paths: list[str]) -> Any:
        if self.dice.random() < 0.5:
            return None
        return self.caller.change("POST", self.dice.choice(paths), {"reason": "Sai"}, at="/void")

    def _count_households(self) -> Any:
        return self._change(self.models, households=self._number(), effective_on=self._day())

    def _count_groups(self) -> Any:
        return self._change(self.models, groups=self._number(), effective_on=self._day())

    def _step(self) -> Any:
        step = {"action": self.dice.choice(STEPS), "reason": "x", "effective_on": self._day()}
        return self.caller.move(self.dice.choice(self.models), step)

    def _relaunch(self) -> Any:
        return self._change(self.models, launched_on=self._day())

    def _rehost(self) -> Any:
        return self._change(self.models, units=self._hosts())

    def _retype(self) -> Any:
        return self._change(self.models, type=self.dice.choice(TYPES))

    def _void_model(self) -> Any:
        return self._void(self.models)

    def _size(self) -> Any:
        return self._change(self.teams, counted_size=self._number(), effective_on=self._day())

    def _restand(self) -> Any:
        return self._change(self.teams, established_on=self._day())

    def _move(self) -> Any:
        return self._change(self.teams, unit=self.dice.choice(self.villages))

    def _void_team(self) -> Any:
        return self._void(self.teams)

    def _read(self, unit: str, day: str) -> Figures:
        asked, found = {"unit": unit, "on": day}, Figures()
        for kind in TYPES:
            told = self.caller.get(f"/api/v1/model-types/{kind}/coverage", **asked).json()
            found[f"covered {kind}"] = told["covered"]
            found[f"households {kind}"] = told["households"]
        tally = self.caller.get("/api/v1/model-tally", **asked).json()
        found |= {f"sites {one['code']}": one["sites"] for one in tally["by_type"]}
        found["groups"] = tally["groups"]
        teams = self.caller.get("/api/v1/teams/tally", **asked).json()
        people = sum(line["people"] for line in teams["kinds"])
        found |= {"teams": teams["teams"], "people": people}
        return {name: number for name, number in found.items() if number}
