"""Server processes and the HTTP protocol limits."""
