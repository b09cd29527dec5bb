"""Passes over the OpenAPI document: each module completes one part of it."""
