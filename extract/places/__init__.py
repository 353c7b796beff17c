"""Find territories and give them their official codes."""
