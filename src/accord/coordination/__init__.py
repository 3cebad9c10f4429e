"""The calendar everybody books into, and what partners plan with the same counterparts.

Words: *booking* (something takes time), *claim on a diary* (an organisation's office, a position or an interpreter is
taken for that time). It never asks who books or why; it refuses double booking and shows clashes.
"""
