-- A unit and all units below it on the day.
CREATE FUNCTION unit_descendants(of_unit uuid, in_hierarchy text, day date) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
WITH RECURSIVE down(id) AS (
  SELECT of_unit WHERE of_unit IS NOT NULL
  UNION
  SELECT p.unit_id FROM down JOIN unit_parent p ON p.parent_id = down.id
  WHERE p.hierarchy = in_hierarchy AND p.valid_from <= day AND p.valid_to > day
) SELECT id FROM down
$$;
