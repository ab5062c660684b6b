"""Measures how well the assistant understands: black box over REST, white box over the index, baselines, reports."""
