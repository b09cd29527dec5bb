"""Organisations: agencies, schools, clans and others that host models or take part in them."""
