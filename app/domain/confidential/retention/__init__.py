"""Retention of records: terms as dated rules, legal holds, and expiry once a term is over."""
