"""Articles and releases written for this project, and the newsroom that serves them."""
