"""Find programmes, organisations, and people with their roles."""
