"""Changes of the map: drafted, tried dry, committed as they were seen, reversed if need be."""
