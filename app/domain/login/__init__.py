"""Sign-in of people: password and second factor, invitation, external provider."""
