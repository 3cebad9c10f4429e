"""Home, sign-in, notices, language, appearance and the as-of day."""
