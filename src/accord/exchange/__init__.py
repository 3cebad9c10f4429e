"""Bringing a mission in from its folder of files.

Words: *mission folder* (plain YAML files, described in docs/mission-files.md), *entry* (one record of a file),
*problem* (file, line, field and what to do), *loaded record* (what the loader wrote, so that a second load knows its
own). The one context that writes through other contexts' models: a load is the mission's own act, all or nothing,
with one line in the trail. It decides nothing: engagements pass the mandate's gate like everywhere else.
"""
