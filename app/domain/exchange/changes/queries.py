"""The SQL of the feed: no row is passed over that a transaction under way may still bring.

A row is given only once all transactions up to its own have ended, in the order of transactions:
what commits late comes late, and nothing comes before a cursor that was given out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text

from app.db.session import Session, execute
from app.domain.actor import Actor, Level
from app.domain.exchange.changes.cursor import Position
from app.domain.exchange.changes.news import FeedState, News, Scan

MAX_SCANNED = 5_000  # rows of the whole country that one request goes through
MAX_FOUND = 500  # of them, those that are looked up
STATE = """
SELECT era, forgotten_until, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon
FROM change_feed
"""
NEWS = """
WITH scanned AS MATERIALIZED (
  SELECT * FROM outbox o
  WHERE (o.transaction_id, o.id) > (:transaction, :id) AND o.transaction_id < :horizon
  ORDER BY o.transaction_id, o.id LIMIT :scanned
), judged AS (
  SELECT s.*, {here} AS is_here,
    {held} AND (s.readers IS NULL OR :subject = ANY (s.readers)) AS is_held,
    :unit = ANY (s.former_units) AS was_own,
    cardinality(s.former_units) > 0 AND s.resource <> 'unit_place' AND EXISTS (
      SELECT FROM unit u WHERE u.id = ANY (s.former_units) AND {there}) AS was_here,
    cardinality(s.former_units) > 0 AND EXISTS (
      SELECT FROM unit me WHERE me.id = :unit AND
        ARRAY[me.province_id, me.district_id, me.commune_id] && s.former_units) AS was_above,
    count(*) OVER () AS scanned,
    row_number() OVER (ORDER BY s.transaction_id DESC, s.id DESC) = 1 AS is_last
  FROM scanned s
), found AS (
  SELECT j.*, (j.resource = ANY (:names) AND (j.is_here OR j.was_here OR j.resource = ANY (:wide)))
    OR j.resource = 'unit_place' AND (j.is_here OR j.was_own) AS matches
  FROM judged j
)
SELECT * FROM (
  (SELECT *, false AS is_end FROM found WHERE matches ORDER BY transaction_id, id LIMIT :found)
  UNION ALL SELECT *, true FROM found WHERE is_last
) news ORDER BY is_end, transaction_id, id
"""


async def find_state(session: Session) -> FeedState:
    """Find up to where the feed can be read: all before has ended."""
    row = (await execute(session, text(STATE))).one()
    return FeedState(row.era, row.forgotten_until, row.horizon)


async def scan_news(
    session: Session, actor: Actor, after: Position, horizon: int,
    names: Sequence[str], wide: Sequence[str],
) -> Scan:  # fmt: skip
    """Scan the log after a position for news that may be the caller's."""
    values = {
        "transaction": after.transaction, "id": after.id, "horizon": horizon, "unit": actor.unit_id,
        "subject": actor.subject,
        "names": list(names), "wide": list(wide), "scanned": MAX_SCANNED, "found": MAX_FOUND,
    }  # fmt: skip
    rows = (await execute(session, _news(actor.level), values)).all()
    if not rows:
        return Scan((), after, more=False)
    end, news = rows[-1], [_read(row) for row in rows[:-1]]
    if len(news) == MAX_FOUND:
        return Scan(news, news[-1].at, more=True)
    return Scan(news, _position(end), more=end.scanned == MAX_SCANNED)


async def forget_changes(session: Session, before: datetime) -> int:
    """Forget the news of changes before a time; return how many."""
    forget = text("SELECT forget_changes(:before)")
    return int((await execute(session, forget, {"before": before})).scalar_one())


def _news(level: Level) -> Any:
    national = level is Level.NATIONAL
    here = "true" if national else f"coalesce(s.{level}_id = :unit, false)"
    there = "true" if national else f"u.{level}_id = :unit"
    exceptions = {Level.NATIONAL: "coalesce(s.unit_id = :unit, false)", Level.VILLAGE: "false"}
    held = exceptions.get(level, here)  # as sensitive records are held
    return text(NEWS.format(here=here, there=there, held=held))


def _position(row: Any) -> Position:
    return Position(row.transaction_id, row.id)


def _read(row: Any) -> News:
    within = row.village_id or row.commune_id or row.district_id or row.province_id
    return News(
        _position(row), row.recorded_at, row.resource, row.resource_id, row.act, row.version,
        row.fields, row.unit_id, within, row.is_here, row.is_held, row.was_own, row.was_here,
        row.was_above,
    )  # fmt: skip
