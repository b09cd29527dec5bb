"""Edge values for every field and parameter, sent to both API layers; nothing may answer 5xx."""
