"""The second wall: PostgreSQL itself checks who is looking, row by row.

Words: *standing* (who is looking, signed, as the database sees it), *house* (the software acting for itself), *door* (a
use case under way: the only time anything can be written), *rule* (who may read a row of a table; written once, it
makes both the queryset's scope and the row-level-security policy). It knows no table: contexts write their own rules.
"""
