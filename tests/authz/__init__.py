"""The matrix: everybody, at every address, by every method, and in front of every row of every table.

A cast of people (``people``) stands in a small world whose every text carries a word of its own (``canaries``), in rows
of every kind and with every marking (``people``, ``ledger``, ``work``; all of it is the ``stage``). The ``oracle`` says
in sets of names who may read which row and who opens which address; it imports nothing of the software and follows the
mission's policy, not ``visibility.py``. Where the two disagree, the software is wrong until somebody has shown why not.

``test_rows``      every table as every person, through its manager alone and through PostgreSQL alone
``test_pages``     every address by every method as every person: status, canaries, and what was written
``test_mutants``   the test of the test: each condition, manager and policy switched off alone; no survivor is accepted
``test_doors``     the same for what stands at the door of each page, and for proving again who one is
``test_complete``  whatever is new and undeclared fails
``test_trail``     reading what is restricted leaves an entry

Who adds something does this, and a test says so if he forgets:

* **A table**: plant rows of it in ``ledger`` or ``work``, one for each kind that different people may read and, if it
  is marked, one for each of ``MARKS``; name its kinds and their readers in ``oracle.ROWS``, or the table in
  ``oracle.PLAIN`` where its marking or the rows it is part of (``parents``) decide alone.
* **A text** is filled by itself. One that holds a code instead of words goes into ``canaries.WITHOUT``, with what it
  holds.
* **An address**: its name goes to those who open it in ``oracle.OPENS`` (or to ``PUBLIC``), to ``PROVEN`` if it is
  dangerous, and to ``ANSWERS`` if it answers a GET with anything but 200 or 302. An address with a key says in
  ``crawl.TAKES`` which table it takes rows of.
* **A role or a kind of person**: a line in ``people.PEOPLE`` and the name in the sets of the oracle.
* **A condition of a rule** needs a row or a person that tells it from its absence; ``test_mutants`` names the condition
  that nobody would miss. Add that person, or take the condition out. A combination of rights that no role has yet is
  somebody in ``stage.BENT``.
"""
