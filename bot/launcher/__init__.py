"""Builds what changed, starts the servers as one process group, and watches over them."""
