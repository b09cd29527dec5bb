"""The lists that daily work asks for: by what they are narrowed, and in which order."""

from datetime import date
from typing import Any

from app.domain.actor import Level
from tests.application import VIET_NAM

LARGE = {
    "unit_version",
    "unit_parent",
    "unit_succession",
    "unit",
    "model",
    "model_host",
    "deadline",
    "team",
    "team_member",
    "committee",
    "incident",
    "activity",
    "activity_unit",
}
Filters = dict[tuple[str, str], Any]
COMMUNE: Filters = {("level", "eq"): "commune"}
TYPE: Filters = {("type", "eq"): "ho_an_toan"}
PROPOSED: Filters = {("state", "eq"): "proposed"}
DUE: Filters = {("due_on", "gte"): date(2026, 3, 1), ("due_on", "lte"): date(2026, 3, 5)}
# of a province more than a page: fewer rows are rightly sorted, for that costs nothing
QUARTER: Filters = {("due_on", "gte"): date(2026, 3, 1), ("due_on", "lte"): date(2026, 5, 31)}
USUAL: list[tuple[str, str, Level, Filters]] = [
    *(("Unit", order, Level.NATIONAL, some) for order in ("name", "code")
      for some in ({}, COMMUNE)),
    *(("Model", order, level, {}) for order in ("newest", "oldest")
      for level in (Level.NATIONAL, Level.PROVINCE)),
    *(("Model", order, Level.NATIONAL, some) for order in ("newest", "oldest")
      for some in (TYPE, PROPOSED)),
    *(("Deadline", "due", level, {}) for level in (Level.NATIONAL, Level.PROVINCE)),
    ("Deadline", "due", Level.NATIONAL, DUE), ("Deadline", "due", Level.PROVINCE, QUARTER),
    *((name, "newest", level, {})
      for name in ("Team", "TeamMember", "Committee", "Incident")
      for level in (Level.NATIONAL, Level.PROVINCE, Level.COMMUNE)),
    ("Team", "newest", Level.NATIONAL, {("kind", "eq"): "protection_team"}),
    ("Team", "oldest", Level.NATIONAL, PROPOSED),
    ("TeamMember", "newest", Level.NATIONAL, {("team_id", "eq"): VIET_NAM}),
    ("Committee", "newest", Level.NATIONAL, {("scope", "eq"): "crime_138"}),
    *(("Activity", "newest", level, {}) for level in (Level.NATIONAL, Level.PROVINCE)),
    ("Incident", "newest", Level.NATIONAL, {("category", "eq"): "theft"}),
    ("Incident", "oldest", Level.NATIONAL, {("state", "eq"): "verifying"}),
    ("Incident", "newest", Level.NATIONAL, {("result", "eq"): "mediated"}),
    ("Activity", "newest", Level.NATIONAL, {("kind", "eq"): "mediation"}),
    ("Activity", "oldest", Level.NATIONAL, {("state", "eq"): "verified"}),
]  # fmt: skip
FEW: list[tuple[str, str, Filters, str]] = [
    ("Deadline", "due", {}, "ix_deadline_commune_id"),
    ("Deadline", "due", DUE, "ix_deadline_commune_id"),
    ("Activity", "newest", {}, "ix_activity_unit_commune_id"),
]
DAY = date(2025, 5, 5)
NARROW: list[tuple[str, Filters]] = [
    ("Unit", {("code", "eq"): "00004"}),
    ("Unit", {("code", "in"): ["00004", "01", "nope"]}),
    ("Unit", {("parent", "eq"): "01"}),
    ("Unit", {("parent", "eq"): "01"} | COMMUNE),
    ("Unit", {("search", "eq"): "dak lak"}),
    ("Unit", {("search", "eq"): "thanh"} | COMMUNE),
    ("Unit", {("level", "in"): ["province", "district"]}),
    ("Unit", {("kind", "eq"): "ward"}),
    ("Model", {("reference", "eq"): "c-1"}),
    ("Model", {("unit", "eq"): "00004"}),
    ("Model", PROPOSED | TYPE),
    ("Model", {("launched_on", "eq"): date(2016, 5, 5)}),
    ("Model", {("search", "eq"): "mo hinh 17"}),
    ("Incident", {("period_to", "eq"): DAY}),
    ("Incident", {("reported_on", "eq"): DAY}),
    ("Team", {("established_on", "eq"): DAY}),
    ("Team", {("search", "eq"): "to 17"}),
    ("Team", {("reference", "eq"): "c-1"}),
    ("Team", {("unit", "eq"): "00004"}),
    ("Committee", {("code", "eq"): "c1"}),
    ("Committee", {("unit", "eq"): "00004"}),
    ("Model", {("replicated_from", "eq"): VIET_NAM}),
    ("Model", {("review_due", "eq"): "inactive"}),
    ("Model", {("review_due", "eq"): "failed"}),
    ("ModelRecognition", {("type", "eq"): "ho_an_toan"}),
    *(
        (name, some)
        for name in ("Incident", "Activity")
        for some in ({("unit", "eq"): "00004"}, {("reference", "eq"): "c-1"})
    ),
    ("Incident", {("category", "eq"): "theft", ("state", "eq"): "verifying"}),
    ("Incident", {("period_from", "gte"): DAY, ("period_from", "lte"): DAY}),
    ("Activity", {("kind", "eq"): "patrol", ("state", "eq"): "verified"}),
    ("Activity", {("starts_on", "gte"): DAY, ("starts_on", "lte"): DAY}),
    ("Activity", {("part", "eq"): VIET_NAM}),
    ("Activity", {("measure", "eq"): "households_signing"}),
    ("Deadline", {("resource_id", "eq"): VIET_NAM}),
    ("Deadline", {("unit", "eq"): "00004"} | DUE),
]
