"""Files that belong to documents: taken in with care, kept outside the database, handed out."""
