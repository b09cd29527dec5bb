"""What protects informants: keys, seals, receipts. The primitives are those of `cryptography`."""
