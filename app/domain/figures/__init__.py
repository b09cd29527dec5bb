"""Figures: indicators over what the features count, their values and the records behind them."""
