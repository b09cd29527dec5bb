"""Bình Yên: the backend of grassroots public safety."""
