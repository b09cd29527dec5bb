"""Who may do what, from where: every operation of both doors against what people wrote down."""
