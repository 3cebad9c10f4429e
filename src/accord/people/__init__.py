"""Persons, organisations, nations, positions, and who held what when.

Words: *organisation* (a dated tree on each side), *position* (a billet or post; relations hang on it and survive
people), *tour* (a person holds a position for a period), *pairing* (post to post: advisor and counterpart).
Identity, contact data and what is shown of a person live in different tables. It does not know accounts' secrets,
nor whether an institution may be advised: that is the mandate's business.
"""
