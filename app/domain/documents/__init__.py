"""Documents of agencies: what orders a thing, which of them holds today, and what came with it."""
