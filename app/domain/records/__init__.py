"""What every record has: a version, who may change it, the clocks of the law."""
