"""Figures as sources state them: published or reported totals, without records behind them."""
