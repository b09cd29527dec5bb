"""What officers do with a tip: step by step, by those who are assigned to it."""
