"""The OAuth 2 server: the protocol is Authlib's; what is kept and what is allowed is ours."""
