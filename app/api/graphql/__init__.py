"""GraphQL, one file a feature."""
