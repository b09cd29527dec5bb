"""Imports: the rows of a file become records, through the service function of a single write."""
