-- All units above a unit on the day.
CREATE FUNCTION unit_ancestors(of_unit uuid, in_hierarchy text, day date) RETURNS SETOF uuid
LANGUAGE sql STABLE ROWS 4 AS $$
WITH RECURSIVE up(id) AS (
  SELECT unit_parent_at(of_unit, in_hierarchy, day)
  UNION
  SELECT unit_parent_at(up.id, in_hierarchy, day) FROM up WHERE up.id IS NOT NULL
) SELECT id FROM up WHERE id IS NOT NULL
$$;
