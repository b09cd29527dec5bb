"""How people sign in: by password and second factor, by invitation, by a provider outside."""
