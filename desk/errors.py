"""What can go wrong at the desk."""


class DeskError(Exception):
    """A setting or a file of the desk that cannot be used; the message names it."""


class NotPossible(Exception):
    """An event that a hand-off does not take in its present state."""


class NoSuchHandoff(Exception):
    """No hand-off has this number."""


class NameTaken(Exception):
    """Somebody else is at the desk under this name."""
