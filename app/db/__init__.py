"""The ground: how rows are kept, found and read."""
