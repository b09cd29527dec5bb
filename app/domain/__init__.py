"""The rooms: what the programme does, one package a feature."""
