"""May this person or unit be trained, advised or equipped? Asked for by planners, answered by vetting officers.

Words: *request* (who asked about whom, for what), *step* (a request was taken into check, or its outcome), *eligible*
(yes or not yet: all that anybody outside the compartment VETTING learns; denied, pending, expired and never asked are
the same "not yet"). Nothing is ever said here about why: a reference points to where it is kept.
"""
