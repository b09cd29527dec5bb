"""Targets: what a figure of a unit should reach in a period, and how far it has come."""
