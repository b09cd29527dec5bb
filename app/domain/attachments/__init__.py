"""Attachments of documents: inspected, stored outside the database, downloaded."""
