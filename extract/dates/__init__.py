"""Find dates, periods and deadlines, and resolve them against the day of publication."""
