"""Django's PostgreSQL backend that presents who is looking before every statement for which that has changed."""
