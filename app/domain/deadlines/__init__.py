"""Statutory deadlines: calendars and rules as dated data, and the deadlines of records."""
