"""Commands of the operator, one module for each group."""
