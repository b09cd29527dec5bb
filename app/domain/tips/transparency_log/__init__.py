"""The public counter of tips received and answered: a hash chain that nobody can shorten."""
