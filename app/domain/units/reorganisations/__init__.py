"""Changes of the map: drafted, tried in a dry run, committed as previewed, and reversed."""
