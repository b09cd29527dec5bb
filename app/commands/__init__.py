"""What an operator does from the command line, one module a group of verbs."""
