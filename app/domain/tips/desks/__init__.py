"""How units take tips: remote ones have longer to hand them over."""
