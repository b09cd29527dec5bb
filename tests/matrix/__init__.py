"""Permissions by role and place: every operation of both layers against what people wrote down."""
