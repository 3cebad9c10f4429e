"""Pages for people. Views read through queries and write through use cases; they hold no rule and touch no table."""
