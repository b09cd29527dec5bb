"""Tests of the clocks of the law."""
