"""The service level of tips: received, resolved in time, late, overdue."""
