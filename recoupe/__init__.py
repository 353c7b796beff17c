"""Recoupe: every figure of the French press, with its source, its status and its place."""
