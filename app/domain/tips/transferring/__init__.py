"""How a tip goes from one unit to another: offered, and then accepted, declined or withdrawn."""
