"""Signing in by an identity provider (OpenID Connect): asking it, judging its answer, linking, being told to end."""
