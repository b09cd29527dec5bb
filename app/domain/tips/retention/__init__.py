"""Retention of tips: legal holds, and expiry once their term is over."""
