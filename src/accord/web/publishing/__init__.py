"""The public fact sheet, its editions, and the desk of public affairs."""
