"""Programs that print the measured budgets."""
