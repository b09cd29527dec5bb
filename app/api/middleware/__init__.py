"""What happens around every request, layer by layer; all of it pure ASGI."""
