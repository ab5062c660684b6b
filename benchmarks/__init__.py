"""How fast and how big the assistant is, beside a bare Rasa bot measured in the same minutes."""
