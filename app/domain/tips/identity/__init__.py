"""Who an informant is: asked for with a reason, allowed by another unit, opened on the record."""
