"""SQLite files as several processes share them; knows nothing of what stands in them."""
