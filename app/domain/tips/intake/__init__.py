"""Taking tips in: anything, from anybody, and nothing kept of who it was."""
