"""What the assistant says: adapters to Rasa's action server around pure functions."""
