"""Rights of the person: a copy of the case, corrections, objections; the list for the bank."""
