"""Emergency openings: read a case without a part in it, for hours, with a reason and a review."""
