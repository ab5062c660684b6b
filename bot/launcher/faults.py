"""What can keep the assistant from starting."""


class LauncherFault(Exception):
    """One clear line for the terminal: what is wrong and how to mend it."""
