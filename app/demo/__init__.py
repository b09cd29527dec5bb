"""Demo data, recorded through the product's own services."""
