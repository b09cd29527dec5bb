"""Incidents: what happened in a place, in cases and persons, from its report to its result."""
