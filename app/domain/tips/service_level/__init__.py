"""How well tips are served: received, resolved in time, late, overdue."""
