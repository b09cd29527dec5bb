"""How long tips are kept: terms as data, holds that stop them, and letting go for good."""
