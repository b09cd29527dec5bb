"""Cases from notice to closing: opened, read, assigned, taken through their states."""
