"""Rasa NLU components; each a small subclass around index/."""
