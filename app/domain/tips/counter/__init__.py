"""The public counter: how many tips came and were answered, in a chain that nobody can shorten."""
