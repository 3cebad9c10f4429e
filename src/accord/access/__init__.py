"""Accounts, roles and what a role may do.

Words: *account* (a sign-in), *role* (plain words such as advisor or chief), *grant* (an account holds a role for a
period). A context declares its own permissions; config.roles gathers them. It does not know persons: people does.
"""
