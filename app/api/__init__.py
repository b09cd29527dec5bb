"""REST and GraphQL: they parse and respond; no rule, no SQL, no permission."""
