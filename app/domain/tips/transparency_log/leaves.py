"""Leaves of the log: the digest by which a tip is counted without being disclosed."""

from hashlib import sha256

LABEL = b"binhyen tip"


def hash_leaf(nonce: bytes, digest: bytes) -> bytes:
    """Hash the leaf of a tip; only the holder of its proof knows which tip it stands for."""
    return sha256(LABEL + nonce + digest).digest()
