"""The audit: a chain of entries whose signed heads make it verifiable."""
