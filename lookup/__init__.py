"""The clerk's look-up: search as one types over the whole catalogue, and a chain told in a clerk's ways."""
