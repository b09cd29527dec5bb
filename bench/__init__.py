"""Measurements: how much each question costs, beside the plain way to answer it."""
