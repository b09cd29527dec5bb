"""Tests of the deadlines of the law."""
