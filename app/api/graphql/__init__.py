"""The GraphQL door, one file a feature."""
