"""Store, search, compare, and publish through Datasette."""
