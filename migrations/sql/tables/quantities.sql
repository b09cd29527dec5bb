CREATE TABLE quantity (
    id UUID NOT NULL,
    recorded_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    resource VARCHAR(60) NOT NULL,
    resource_id UUID NOT NULL,
    field VARCHAR(60) NOT NULL,
    valid_from DATE NOT NULL,
    value INTEGER,
    recorded_by VARCHAR NOT NULL,
    superseded_at TIMESTAMPTZ,
    CONSTRAINT pk_quantity PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_quantity_resource_id_field_valid_from
    ON quantity (resource_id, field, valid_from) INCLUDE (value) WHERE superseded_at IS NULL;
CREATE INDEX ix_quantity_resource_id_id ON quantity (resource_id, id);
GRANT SELECT, INSERT ON quantity TO binhyen_runtime;
GRANT UPDATE (superseded_at) ON quantity TO binhyen_runtime;
