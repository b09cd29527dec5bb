"""Transfers of tips between units."""
