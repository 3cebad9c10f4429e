"""Pages of accounts: inviting, verifying, roles, tokens, and one's own account."""
