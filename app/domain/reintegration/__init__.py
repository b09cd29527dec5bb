"""Reintegration cases: help people back, follow through, then delete."""
