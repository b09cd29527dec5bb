"""Encryption of confidential contents; the primitives are those of `cryptography`."""
