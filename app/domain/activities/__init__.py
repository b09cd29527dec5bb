"""Activities: what units do day by day, its numbers, campaigns, and tasks out of directives."""
