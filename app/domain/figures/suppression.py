"""Small numbers of sensitive measures, as foreign units get them.

The numbers of a commune in a month are the atoms. One of 1 to 4 is hidden, and all that is given
is made of what is left: a sum is one of the atoms that are known, and says that it is at least
that. So no combination of questions tells a hidden atom from another number of 1 to 4. The year of
a province is given exactly where its hidden atoms stay open: officers who know those of their own
commune still find none of the others.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    Integer,
    Text,
    and_,
    case,
    cast,
    extract,
    func,
    null,
    or_,
    select,
)
from sqlalchemy import literal_column as sql

from app.domain.figures.form import PLACES, Form
from app.domain.figures.placed_facts import list_facts
from app.domain.figures.rules import MIN_CELL
from app.domain.figures.sums import key_of

ONE: Any
MAX_SMALL: Any
ONE, MAX_SMALL = sql("1"), sql(str(MIN_CELL - 1))
COARSE = (None, PLACES[0])  # cells of whole provinces, of which a year may be given exactly


@cache
def build_published_sums(form: Form, *, years: bool, split: bool) -> Any:
    """Build the statement of what may be published: a sum, and how many atoms it leaves out."""
    atoms = _atoms(form, list_facts(form), split=split)
    exact = years and (form.by if split else None) in COARSE and form.level in COARSE
    parts = _blocks(atoms) if exact else _parts(atoms)
    return select(
        parts.c.n, parts.c.key, func.sum(parts.c.value).label("value"),
        func.sum(parts.c.hidden).label("hidden"),
    ).group_by(parts.c.n, parts.c.key)  # fmt: skip


def _atoms(form: Form, placed: CTE, *, split: bool) -> CTE:
    key = key_of(form, placed) if split else cast(null(), Text)
    month = func.date_trunc(sql("'month'"), placed.c.day)
    parts = [placed.c.n, key, placed.c.province_id, placed.c.commune_id, month]
    found = select(
        placed.c.n, key.label("key"), placed.c.province_id, placed.c.commune_id,
        cast(extract("year", month), Integer).label("year"),
        func.sum(placed.c.value).label("value"),
    ).where(~placed.c.delta).group_by(*parts)  # fmt: skip
    return found.cte("atom")


def _is_hidden(row: Any) -> Any:
    return row.c.value.between(ONE, MAX_SMALL)


def _parts(atoms: CTE) -> CTE:
    hidden = _is_hidden(atoms)
    return select(
        atoms.c.n, atoms.c.key, case((hidden, sql("0")), else_=atoms.c.value).label("value"),
        case((hidden, ONE), else_=sql("0")).label("hidden"),
    ).cte("part")  # fmt: skip


def _blocks(atoms: CTE) -> CTE:
    """Add the atoms of a province and a year up, exactly where the hidden ones stay open."""
    hidden = _is_hidden(atoms)
    of = [atoms.c.n, atoms.c.key, atoms.c.province_id, atoms.c.year]
    known = func.coalesce(func.sum(atoms.c.value).filter(~hidden), sql("0"))
    small = func.coalesce(func.sum(atoms.c.value).filter(hidden), sql("0"))
    number = func.count().filter(hidden)
    commune = select(
        *of, known.label("known"), small.label("small"), number.label("number")
    ).group_by(*of, atoms.c.commune_id).cte("commune")  # fmt: skip
    names = ["n", "key", "province_id", "year"]
    whole = select(
        *(commune.c[name] for name in names), func.sum(commune.c.known).label("known"),
        func.sum(commune.c.small).label("small"), func.sum(commune.c.number).label("number"),
    ).group_by(*(commune.c[name] for name in names)).cte("block")  # fmt: skip
    same = and_(*(commune.c[n].is_not_distinct_from(whole.c[n]) for n in names))
    others = _is_open(whole.c.number - commune.c.number, whole.c.small - commune.c.small)
    closed = select(sql("1")).select_from(commune).where(same, ~others).correlate(whole).exists()
    exact = cast(and_(_is_open(whole.c.number, whole.c.small), ~closed), Boolean)
    return select(
        whole.c.n, whole.c.key,
        case((exact, whole.c.known + whole.c.small), else_=whole.c.known).label("value"),
        case((exact, sql("0")), else_=whole.c.number).label("hidden"),
    ).cte("part")  # fmt: skip


def _is_open(number: Any, small: Any) -> Any:
    """Test that hidden atoms with a known sum may each be more than one number."""
    between = and_(number >= sql("2"), small > number, small < number * MAX_SMALL)
    return or_(number == sql("0"), between)
