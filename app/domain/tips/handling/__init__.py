"""Handling of tips: transitions, and content that only assigned officers read."""
