"""The OAuth 2 server: Authlib's protocol on our storage and our rules."""
