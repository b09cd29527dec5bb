-- Tips keep all the units they exclude, as digests. What lay open before has no key to hide it.
ALTER TABLE tip ADD COLUMN excluded BYTEA[] DEFAULT '{}' NOT NULL;
UPDATE tip SET excluded = ARRAY[sha256(uuid_send(id) || uuid_send(excluded_unit_id))]
    WHERE excluded_unit_id IS NOT NULL;
