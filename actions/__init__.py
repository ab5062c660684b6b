"""What the assistant says: pure functions, and the adapter to Rasa's action server (actions.py)."""
