"""Files from outside: each is opened in a limited process, never in the server's own."""
