"""Commendations from the nomination to the award, and the examples that others follow."""
