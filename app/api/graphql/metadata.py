"""The metadata by which a root field says what is behind it."""

READS = "reads"  # the shapes, and how they are read
OPERATION = "operation"  # the declaration of a service function
