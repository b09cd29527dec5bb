"""Stated figures of the demo: what its sources state and no records of the demo hold."""

import csv
from typing import Any

from app.data import SHIPPED
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.programme_models import queries as models
from app.domain.stated_figures.schemas import StatedFigureCreate
from app.domain.stated_figures.service import create_stated_figure
from app.domain.units.shipped_map import Progress

FILE = SHIPPED / "demo" / "stated_figures.csv"


async def load_stated_figures(session: Session, actor: Actor, progress: Progress) -> None:
    """Record each figure once, with its source, its words and its place in the list."""
    lines = _lines()
    progress("stated figures", 0, len(lines))
    types = await models.find_types(session, [line["subject"] for line in lines if line["subject"]])
    for line in lines:
        given: dict[str, Any] = {name: value for name, value in line.items() if value}
        if subject := given.pop("subject", None):
            given["subject_id"] = types[subject].id
        given |= {"value": float(line["value"]), "delta_only": line["delta_only"] == "yes"}
        await create_stated_figure(session, actor, StatedFigureCreate.model_validate(given))
    progress("stated figures", len(lines), len(lines))


def _lines() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
