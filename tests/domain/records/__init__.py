"""Tests of what every record has."""
