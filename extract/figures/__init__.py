"""Find figures with their exact value, unit and object; and the numbers that are none."""
