"""Protection of informants: keys, receipts, proof of work, even timing."""
