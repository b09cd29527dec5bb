-- The last parent known on the day: that of a closed unit stays readable.
CREATE FUNCTION unit_parent_at(of_unit uuid, in_hierarchy text, day date) RETURNS uuid
LANGUAGE sql STABLE AS $$
SELECT parent_id FROM unit_parent
WHERE unit_id = of_unit AND hierarchy = in_hierarchy AND valid_from <= day AND valid_from < valid_to
ORDER BY valid_from DESC LIMIT 1
$$;
