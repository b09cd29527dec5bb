"""The doors: they parse and answer; no rule, no SQL, no permission."""
