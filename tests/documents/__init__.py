"""Documents, their attachments, commendations."""
