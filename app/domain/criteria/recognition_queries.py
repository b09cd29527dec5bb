"""The SQL on what is recognised, which everybody may read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.session import Session, execute

# by the name that the subject has today, or had last
RECOGNISED = """
SELECT e.id, e.subject_kind, e.grade, e.decided_on, r.window_name, s.code AS set_code, s.edition,
  s.title_vi, s.title_en, v.code AS unit_code, v.full_name AS unit_name,
  COALESCE(o.name, m.name, t.name, v.full_name) AS subject_name
FROM evaluation e
JOIN evaluation_round r ON r.id = e.round_id
JOIN criteria_set s ON s.id = e.set_id
CROSS JOIN LATERAL (SELECT code, full_name FROM unit_version
  WHERE unit_id = e.unit_id AND valid_from < valid_to ORDER BY valid_from DESC LIMIT 1) v
LEFT JOIN organisation o ON o.id = e.subject_id
LEFT JOIN model m ON m.id = e.subject_id
LEFT JOIN team t ON t.id = e.subject_id
WHERE e.state = 'published' AND e.result = 'met'
  AND (CAST(:unit AS uuid) IS NULL OR CAST(:unit AS uuid)
    IN (e.province_id, e.district_id, e.commune_id, e.village_id))
  AND (CAST(:window AS text) IS NULL OR r.window_name = CAST(:window AS text))
  AND (CAST(:after AS uuid) IS NULL OR e.id > CAST(:after AS uuid))
ORDER BY e.id LIMIT :first
"""


async def list_recognised(
    session: Session, unit: UUID | None, window: str | None, after: UUID | None, first: int
) -> Sequence[Any]:
    """List published results that are met, in the order of their ids."""
    given = {"unit": unit, "window": window, "after": after, "first": first}
    return (await execute(session, text(RECOGNISED), given)).all()
