class DatabaseTrouble(Exception):
    """The database cannot be had; the message tells a person what to do about it."""
