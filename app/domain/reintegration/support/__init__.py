"""Lines of support, and the conditions of the loan programme."""
