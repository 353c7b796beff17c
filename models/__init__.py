"""The spaCy pipeline: its configuration, its loader, and the gazetteer built for it."""
