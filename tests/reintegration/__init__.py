"""Reintegration cases."""
