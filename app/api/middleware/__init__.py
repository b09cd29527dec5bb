"""Middleware: the layers around every request; all pure ASGI."""
