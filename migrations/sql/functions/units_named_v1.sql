-- Units that had such a name by the day, and all that they have gone into by then.
CREATE FUNCTION units_named(pattern text, day date) RETURNS SETOF uuid
LANGUAGE sql STABLE ROWS 100 AS $$
WITH RECURSIVE found(id) AS (
  SELECT unit_id FROM unit_version
  WHERE search_key LIKE pattern AND valid_from <= day AND valid_from < valid_to
  UNION
  SELECT e.to_id FROM found f JOIN unit_succession e ON e.from_id = f.id
  WHERE e.effective_on <= day
) SELECT id FROM found
$$;
