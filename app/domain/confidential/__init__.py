"""Records that few people may read: encryption, identities, transfers between units, retention."""
