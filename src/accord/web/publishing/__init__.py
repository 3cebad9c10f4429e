"""The public fact sheet and the desk of public affairs."""
