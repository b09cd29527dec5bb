"""Settings of units for tips: remote ones have longer to hand them over."""
