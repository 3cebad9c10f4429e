"""Plain Python words everything else speaks: actor, period, workflow, errors, clock.

No Django here: what the kernel decides can be tested and reasoned about without a database.
"""
