"""The values that random questions are made with: most meet something, some meet nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.domain.units.shape import today
from tests.give import Country
from tests.reads.facts import Facts
from tests.reads.give_map import CODES, DAYS

NOWHERE = "00000000-0000-4000-8000-000000000000"
NOTHING = ["nope", "", " ", "%", "_", "\\", "'; --", '"', "🙂", NOWHERE]
OF_TYPE: dict[Any, list[Any]] = {
    str: NOTHING, UUID: [NOWHERE], bool: [True, False], int: [0, 1, 2021], date: DAYS,
    datetime: ["2020-01-01T00:00:00+07:00", "2100-01-01T00:00:00Z"],
}  # fmt: skip
TEXTS = ["thon", "THÔN 100%", "100_5", "\\", "đường", "to", "Việt", "r1", "", "%", "an  ninh"]


@dataclass(frozen=True, repr=False)
class Pool:
    """The values that each argument or filter may be given, by its name."""

    values: dict[str, list[Any]]
    ids: dict[str, list[str]]

    def of(self, name: str, kind: Any = str) -> list[Any]:
        """Return the values for a name; for an unknown name, the values of its type."""
        return self.values.get(name) or OF_TYPE[kind]

    def ids_of(self, root: str) -> list[str]:
        """Return the ids that name one row at this root."""
        return self.ids.get(root, NOTHING)


def pool_of(country: Country, facts: Facts) -> Pool:
    units = [str(id) for id in country.units.values()]
    codes = sorted({row["code"] for row in facts.unit_version if row["code"]})
    types = [*(str(id) for id in country.types.values()), *country.types, "KIND_1"]
    models = [str(id) for id in country.models]
    clocks = [str(row["id"]) for row in facts.deadline]
    rules = [*(str(row["id"]) for row in facts.deadline_rule), "all_rule", "data_breach_notice"]
    calendars = [*(str(row["id"]) for row in facts.calendar), "vn_public", "cal_3"]
    papers = [str(row["id"]) for row in facts.document]
    files = [str(row["id"]) for row in facts.attachment]
    stated = [str(row["id"]) for row in facts.stated_figure]
    organisations = [str(row["id"]) for row in facts.organisation]
    subjects = [str(row["subject_id"]) for row in facts.stated_figure if row["subject_id"]]
    identifiers = [row["code"] for row in facts.organisation_identifier]
    praised = [str(row["id"]) for row in facts.model_recognition]
    reviewed = [str(row["id"]) for row in facts.model_review_rule]
    acts = [str(act["id"]) for act in facts.unit_reorganisation]
    desks = [str(row["id"]) for row in facts.tip_desk]
    forces = {
        root: [str(row["id"]) for row in facts.of(table)]
        for root, table in (("team", "team"), ("teamMember", "team_member"),
                            ("teamSizeRule", "team_size_rule"), ("committee", "committee"),
                            ("retentionRule", "retention_rule"))
    }  # fmt: skip
    places = [*units, *codes, units[3].upper(), *NOTHING]
    referenced = [*facts.model, *facts.team]
    references = [row["reference"] for row in referenced if row["reference"]]
    values: dict[str, list[Any]] = {
        "parent": places, "within": places, "unit": places,
        "teamId": [*forces["team"], NOWHERE], "unitId": [*units[:9], NOWHERE],
        "establishedOn": DAYS, "servingOn": DAYS, "leadingOn": DAYS,
        "modelCode": ["an_ninh_co_so", *NOTHING],
        "code": ["BCĐ 138", *codes, *CODES, *country.types, *rules, *calendars, *NOTHING],
        "type": [*types, *NOTHING], "called": [*types, "Kind-2", "TO HOA GIAI", *NOTHING],
        "pilot": [True, False], "replicatedFrom": [*models[-5:], NOWHERE],
        "model": [*models[-5:], NOWHERE], "year": [2019, 2020, 2021, 2022, -1],
        "reference": [*references, *NOTHING], "search": TEXTS,
        "id": [*models[:3], *units[:3], *papers[:3], NOWHERE],
        "asOf": [*DAYS, today()], "launchedOn": DAYS, "effectiveOn": DAYS, "on": DAYS,
        "daysFrom": DAYS, "daysUntil": DAYS,
        "dueOn": [*DAYS, *(c["due_on"] for c in facts.deadline)],
        "rule": [*rules, *NOTHING], "resource": ["case", "evaluation", *NOTHING],
        "resourceId": [*(str(c["resource_id"]) for c in facts.deadline), NOWHERE],
        "number": ["04", "285", *NOTHING], "symbol": ["NQ/TU", "KH-UBND", *NOTHING],
        "issuerEid": ["G09.01.06", *NOTHING], "issuedOn": [date(2021, 6, 18), *DAYS],
        "inForceOn": [date(2024, 7, 1), *DAYS], "documentId": [*papers, NOWHERE],
        "sha256": [*(row["sha256"] for row in facts.attachment), *NOTHING],
        "mediaType": ["application/pdf", "image/png", *NOTHING],
        "remote": [True, False],
        "measure": ["documents_issued", "incidents", *NOTHING], "category": ["plan", *NOTHING],
        "subjectId": [*subjects, NOWHERE], "activeOn": DAYS, "activeFrom": DAYS,
        "periodFrom": DAYS, "periodTo": DAYS, "identifier": [*identifiers, *NOTHING],
        "hostOrganisationId": [*organisations, NOWHERE],
        "trigger": ["anything", "tip_received", *NOTHING],
    }  # fmt: skip
    ids = {
        "document": [*papers, *NOTHING], "attachment": [*files, *NOTHING],
        "statedFigure": [*stated, *NOTHING], "organisation": [*organisations, *NOTHING],
        "tipDesk": [*desks, *NOTHING],
        "unit": places, "model": [*models * 3, *NOTHING], "modelType": [*types, *NOTHING],
        "modelRecognition": [*praised, *NOTHING], "modelReviewRule": [*reviewed, *NOTHING],
        "unitReorganisation": [*acts, *NOTHING], "deadline": [*clocks, *NOTHING],
        "deadlineRule": [*rules, *NOTHING], "calendar": [*calendars, *NOTHING],
        **{root: [*ids, *NOTHING] for root, ids in forces.items()},
        "node": [*(id for ids in forces.values() for id in ids[:4]),
                 *units, *codes[:5], *models, *types, *acts, *clocks[:9], *papers[:9],
                 *files[:5], *stated[:3], *organisations[:3], *desks[:3], *praised, *reviewed,
                 *rules[:3], *calendars[:3], *NOTHING],
    }  # fmt: skip
    return Pool(values, ids)
