"""Programme models: what is at work where, and since when."""
