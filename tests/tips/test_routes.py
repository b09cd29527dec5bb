"""The route of a tip, decided without a database."""

from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.db.tables.units import UnitKind, UnitLevel
from app.domain.tips.routes import Lineage, RoutingUnit, choose_route

HEIGHTS = (UnitLevel.VILLAGE, UnitLevel.COMMUNE, UnitLevel.PROVINCE, UnitLevel.NATIONAL)


def lineage() -> list[RoutingUnit]:
    return [
        RoutingUnit(uuid4(), level, UnitKind.COMMUNE, None, level, date.min, date.max)
        for level in HEIGHTS
    ]


ONE, OTHER = lineage(), lineage()
OTHER[-1] = ONE[-1]
PLACES = [tree[n:] for tree in (ONE, OTHER) for n in range(4)]


def below(place: RoutingUnit, excluded: list[Lineage]) -> bool:
    """Return whether a unit is excluded or lies below one that is; the country never is."""
    tree = ONE if place in ONE else OTHER
    up = tree[tree.index(place) :]
    named = {one[0] for one in excluded if one[0].level is not UnitLevel.VILLAGE}
    return any(place in named for place in up[: len(up) - 1])


@given(
    st.sampled_from(PLACES), st.none() | st.sampled_from(PLACES),
    st.lists(st.sampled_from(PLACES), max_size=4),
)  # fmt: skip
def test_tip_goes_to_the_nearest_unit_that_is_not_excluded(
    chosen: Lineage, about: Lineage | None, not_to: list[Lineage]
) -> None:
    found = choose_route(chosen, about, not_to)
    way = [place for place in chosen if place.level is not UnitLevel.VILLAGE]
    excluded = [*([about] if about else []), *not_to]
    assert found.to == next(place for place in way if not below(place, excluded))
    named = {one[0].id for one in excluded if one[0].level is not UnitLevel.NATIONAL}
    assert found.excluded == named


def test_every_unit_named_is_excluded() -> None:
    found = choose_route(ONE[1:], OTHER[1:], [OTHER[2:]])
    assert found.to == ONE[1]
    assert found.excluded == {OTHER[1].id, OTHER[2].id}
