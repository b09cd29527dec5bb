"""The clocks of the law: calendars and rules as dated data, and what they say of a record."""
