"""Exchange with other systems and with files: the last layer of the domain, above every feature."""
