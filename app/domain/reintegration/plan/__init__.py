"""The work for a person: needs, plan, contacts and consents."""
