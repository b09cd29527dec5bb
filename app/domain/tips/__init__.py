"""Tips: reports of citizens, encrypted, handled within legal deadlines."""
