"""What people do behind the assistant: hand-offs, ratings, messages for review, and how long all of it is kept."""
