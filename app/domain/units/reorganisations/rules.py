"""Rules of changes of the map: valid parents, valid drafts."""

from collections import Counter
from collections.abc import Iterator

from app.db.tables.units import ReorganisationState, UnitKind, UnitLevel, UnitReorganisation
from app.domain.errors import FieldError, InvalidFields
from app.domain.units.kind_words import VILLAGE_WORDS
from app.domain.units.reorganisations.errors import NotADraft
from app.domain.units.reorganisations.schemas import ReorganisationDraft

KINDS = {
    UnitLevel.NATIONAL: {UnitKind.COUNTRY},
    UnitLevel.PROVINCE: {UnitKind.PROVINCE, UnitKind.CITY},
    UnitLevel.DISTRICT: {
        UnitKind.DISTRICT, UnitKind.URBAN_DISTRICT, UnitKind.TOWN, UnitKind.PROVINCIAL_CITY,
    },
    UnitLevel.COMMUNE: {
        UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.SPECIAL_ZONE,
    },
    UnitLevel.VILLAGE: set(VILLAGE_WORDS),
}  # fmt: skip
LEVEL_OF = {kind: level for level, kinds in KINDS.items() for kind in kinds}
HOLDERS = {
    UnitLevel.PROVINCE: {UnitLevel.NATIONAL},
    UnitLevel.DISTRICT: {UnitLevel.PROVINCE},
    UnitLevel.COMMUNE: {UnitLevel.DISTRICT, UnitLevel.PROVINCE},
    UnitLevel.VILLAGE: {UnitLevel.COMMUNE},
}


def can_hold(parent: UnitLevel, child: UnitLevel) -> bool:
    return parent in HOLDERS.get(child, ())


def can_succeed(source: UnitLevel, target: UnitLevel) -> bool:
    """Return whether a unit can succeed: one of its level, or around a district (as in 2025)."""
    around = {UnitLevel.PROVINCE, UnitLevel.COMMUNE}
    return target is source or (source is UnitLevel.DISTRICT and target in around)


def check_draft(act: UnitReorganisation) -> None:
    """Refuse what only a draft allows, of a change that is none."""
    if act.state is not ReorganisationState.DRAFT:
        raise NotADraft(state=act.state.value)


def check_form(draft: ReorganisationDraft) -> None:
    """Refuse a draft that contradicts itself or changes nothing."""
    if errors := list(_find_errors(draft)):
        raise InvalidFields(*errors)


def _find_errors(draft: ReorganisationDraft) -> Iterator[FieldError]:
    if not (draft.new_units or draft.successions or draft.moves or draft.renames):
        yield FieldError("", "nothing_said", "The draft changes nothing.", "Dự thảo không đổi gì.")
    refs = Counter(unit.ref for unit in draft.new_units)
    for place, unit in enumerate(draft.new_units):
        if refs[unit.ref] > 1:
            yield FieldError(f"/new_units/{place}/ref", "ref_taken",
                            "Another new unit has this ref.", "Ref này đã dùng.")  # fmt: skip
    for place, rename in enumerate(draft.renames):
        if not rename.model_dump(exclude={"unit"}, exclude_none=True):
            yield FieldError(f"/renames/{place}", "nothing_said",
                            "Nothing is renamed.", "Không nêu tên mới.")  # fmt: skip
    if draft.kind == "correction":
        for name in ("new_units", "renames"):
            if getattr(draft, name):
                yield FieldError(f"/{name}", "not_in_a_correction",
                                "A correction begins and renames nothing.",
                                "Bản hiệu đính không lập hay đổi tên đơn vị.")  # fmt: skip
