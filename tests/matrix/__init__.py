"""Who may do what, from where: every operation of both layers against what people wrote down."""
