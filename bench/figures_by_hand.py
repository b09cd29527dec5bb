"""Counts written by hand in SQL: the references that figures are compared with."""

from dataclasses import dataclass

FIRST, LAST = "2024-01-01", "2024-12-31"
WHEN = {"first": f"date '{FIRST}'", "last": f"date '{LAST}'", "days": f"'{FIRST}' AND '{LAST}'"}
LIES = """JOIN unit_place p ON p.unit_id = {unit} AND p.valid_from <= today()
  AND p.valid_to > today() AND p.province_id = '{province}'"""


@dataclass(frozen=True, slots=True)
class Count:
    """A count: its SQL, in which `{lies}` narrows to a province, and the unit of a row."""

    unit: str
    sql: str

    def of(self, province: str | None) -> str:
        """Return the SQL for a province; without one for the whole country."""
        lies = LIES.format(unit=self.unit, province=province) if province else ""
        return self.sql.format(lies=lies, **WHEN)


def _models(what: str, test: str = "") -> Count:
    return Count(
        "h.unit_id",
        f"""SELECT {what} FROM (SELECT DISTINCT m.id, m.households
      FROM model m JOIN model_host h ON h.model_id = m.id {{lies}}
      WHERE m.at_work @> {{last}} AND m.voided_at IS NULL {test}) m""",
    )


def _lines(measure: str) -> Count:
    return Count(
        "u.unit_id",
        f"""SELECT sum(value) FROM (SELECT DISTINCT l.id, l.value
      FROM activity_line l JOIN activity_unit u ON u.activity_id = l.activity_id {{lies}}
      WHERE l.measure = '{measure}' AND l.day BETWEEN {{days}} AND l.voided_at IS NULL) l""",
    )


def _incidents(what: str) -> Count:
    return Count(
        "i.unit_id",
        f"""SELECT {what} FROM incident i {{lies}}
      WHERE i.period_to BETWEEN {{days}} AND i.state <> 'unfounded' AND i.form <> 'change'
        AND i.voided_at IS NULL AND NOT EXISTS (SELECT FROM incident_link l
          WHERE l.incident_id = i.id AND l.relation = 'same_as')""",
    )


COUNTS = {
    "villages": Count("v.unit_id", """SELECT count(*) FROM unit_version v {lies}
      WHERE v.level = 'village' AND v.valid_from <= {last} AND v.valid_to > {last}"""),
    "models": _models("count(*)"),
    "pilot_models": _models("count(*)", "AND m.pilot"),
    "model_villages": Count("h.unit_id", """SELECT count(DISTINCT h.unit_id)
      FROM model m JOIN model_host h ON h.model_id = m.id {lies}
      WHERE m.at_work @> {last} AND m.voided_at IS NULL"""),
    "model_households": _models("sum(households)"),
    "groups": Count("t.unit_id", """SELECT count(*) FROM team t {lies}
      WHERE t.established_on <= {last} AND (t.dissolved_on IS NULL OR t.dissolved_on > {last})
        AND t.voided_at IS NULL"""),
    "group_members": Count("t.unit_id", """SELECT sum(coalesce(c.people, t.counted_size))
      FROM team t {lies} LEFT JOIN (SELECT team_id, count(*) AS people FROM team_term
          WHERE since <= {last} AND until > {last} AND voided_at IS NULL GROUP BY team_id
        ) c ON c.team_id = t.id
      WHERE t.established_on <= {last} AND (t.dissolved_on IS NULL OR t.dissolved_on > {last})
        AND t.voided_at IS NULL"""),
    "tips_received": Count("t.received_unit_id", """SELECT count(*) FROM tip t {lies}
      WHERE t.received_on BETWEEN {days}"""),
    "useful_tips": Count("t.received_unit_id", """SELECT count(*) FROM tip t {lies}
      WHERE t.received_on BETWEEN {days} AND t.is_useful"""),
    "tips_overdue": Count("t.received_unit_id", """SELECT count(*) FROM tip t {lies}
      WHERE t.received_on BETWEEN {days} AND t.resolved_on IS NULL AND EXISTS (
        SELECT FROM deadline d WHERE d.resource = 'tip' AND d.resource_id = t.id
          AND d.met_at IS NULL AND (d.breached_at IS NOT NULL
            OR d.state IN ('running', 'extended') AND d.due_at <= now()))"""),
    "incidents": _incidents("sum(incident_count)"),
    "involved_persons": _incidents("sum(involved_count)"),
    "traffic_deaths": Count("i.unit_id", _incidents("sum(deaths)").sql
                            + " AND i.category = 'traffic_accident'"),
    "activities": Count("u.unit_id", """SELECT count(*) FROM (SELECT DISTINCT a.id
      FROM activity a JOIN activity_unit u ON u.activity_id = a.id {lies}
      WHERE a.ends_on BETWEEN {days} AND a.state IN ('held', 'reported', 'verified')
        AND a.voided_at IS NULL) a"""),
    "patrols": _lines("patrols"),
    "households_pledged": _lines("households_pledged"),
    "launch_participations": _lines("launch_participations"),
}  # fmt: skip
