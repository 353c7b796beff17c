"""Collect: fetch, archive and read articles and releases."""
