"""Exports: any list as a file, written by a job and taken within a day."""
