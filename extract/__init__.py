"""Find figures, dates, territories, people and facts in a French text."""
