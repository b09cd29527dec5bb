"""SQL that finds the places in a unit, for all statistics by place."""

# Of these places, those of a unit lie below it on its own day; those that belonged to
# nobody on that day, since their commune was divided or they had ended, are looked up one by one.
# Put after `place(unit_id, belongs)`; takes :unit, :unit_day, and :whole for the whole country.
UNIT_PLACES = """EXISTS (
    SELECT FROM unit_parent p WHERE p.unit_id = u.unit_id AND p.hierarchy = 'administrative'
    AND p.valid_from <= :unit_day AND p.valid_to > :unit_day) AS belongs"""
WITHIN_UNIT_SQL = """found AS (
  SELECT unit_id FROM place WHERE :whole
  UNION
  SELECT unit_id FROM place
  WHERE unit_id IN (SELECT unit_descendants(:unit, 'administrative', :unit_day))
  UNION
  SELECT l.unit_id
  FROM unit_places(:unit_day, ARRAY(SELECT unit_id FROM place WHERE NOT belongs)) l
  WHERE :unit IN (l.province_id, l.district_id, l.commune_id, l.village_id)
)"""
