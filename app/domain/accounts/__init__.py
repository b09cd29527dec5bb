"""People, systems and what they are granted; who may decide on whom."""
