"""The public fact sheet: claims bound to records, editions cleared by public affairs, frozen once published.

Words: *claim* (one sentence bound to the records that make it true), *sheet* (all claims as of a day), *edition* (a
cleared, frozen sheet). It reads what may be released and nothing else; it never changes what others own.
"""
