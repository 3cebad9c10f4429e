"""Settings, addresses, roles, wiring and the command line: the only place that sees every context."""
