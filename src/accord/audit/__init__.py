"""The trail: who did what, when and why, written in the same transaction as the change; and the door to every change.

Words: *entry* (one row of the trail), *use case* (a function that may write), *seal* (a batch of entries under one
signed hash), *checkpoint* (what a seal says, kept outside the database). Append-only: PostgreSQL itself refuses to
update or delete an entry. It does not decide who may do what; the contexts' permissions do.
"""
