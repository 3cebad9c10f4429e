"""What the work is for: focus areas, and objectives as ends, ways and means, with indicators as defined.

Words: *focus area*, *end* (an outcome the mandate names), *way* (a line of effort owned by the host), *means* (a piece
of work that serves a way), *indicator* (with its baseline). How far an objective is reached is assessment's business.
"""
