"""Offline sync: operations that a device has recorded without a network, and their conflicts."""
