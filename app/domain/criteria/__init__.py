"""Criteria: sets of rules as data, rounds, and evaluations of places, organisations and models."""
