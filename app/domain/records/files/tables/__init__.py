"""Tables as clerks write them: each cell is understood, or named as a fault with its place."""
