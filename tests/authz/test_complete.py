"""Whatever is new falls in here by itself: a table, a text, an address, a person."""

import ast
from pathlib import Path

from tests.authz import oracle
from tests.authz.canaries import WITHOUT, texts
from tests.authz.crawl import addresses, routes
from tests.authz.reading import models
from tests.authz.stage import BENT, CAST, Stage

LONGEST_ORACLE = 300  # lines
FEWEST_PEOPLE = 24
FEWEST_CELLS = 100_000


def test_the_cast_is_who_the_oracle_speaks_of() -> None:
    assert set(CAST) == oracle.EVERYBODY
    assert len(CAST) >= FEWEST_PEOPLE
    assert set(BENT) == set(oracle.BENT)


def test_the_oracle_is_short_and_knows_nothing_of_the_software() -> None:
    source = Path(oracle.__file__).read_text()
    assert len(source.splitlines()) <= LONGEST_ORACLE
    imported = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert imported == {"collections.abc", "typing"}
    assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import)]


def test_every_table_has_rows_and_a_line_in_the_oracle(stage: Stage) -> None:
    tables = {model._meta.db_table for model in models()}
    assert tables == oracle.ROWS.keys() | oracle.PLAIN
    assert tables == {row.table for row in stage.canaries.rows}


def test_every_text_holds_a_canary_or_is_listed_with_what_it_holds(stage: Stage) -> None:
    words = texts(models())
    assert not words - stage.canaries.fields - WITHOUT.keys()
    assert not WITHOUT.keys() - words
    assert not WITHOUT.keys() & stage.canaries.fields


def test_every_table_has_a_row_that_somebody_may_not_read_unless_all_of_it_is_public(stage: Stage) -> None:
    read_by_all = {table for table in oracle.ROWS.keys() | oracle.PLAIN
                   if all(stage.readers(row) >= oracle.EVERYBODY for row in stage.canaries.of(table))}  # fmt: skip
    assert read_by_all == {"mandate_mission"}


def test_every_address_is_declared_and_can_be_filled(stage: Stage) -> None:
    assert set(routes()) == oracle.ROUTES
    assert not [route for route in routes() if not addresses(stage, route)]


def test_there_are_cells_enough(stage: Stage) -> None:
    """A cell: a person, an address, a method, and a kind of rows whose words it could show."""
    kinds = {(row.table, row.kind, row.marking) for row in stage.canaries.rows}
    methods = 8  # with POST twice: with the form's token and without
    cells = len(CAST) * len(routes()) * methods * len(kinds)
    print(f"{len(CAST)} people x {len(routes())} addresses x {methods} x {len(kinds)} kinds of rows = {cells} cells;",
          f"{len(stage.canaries.rows)} rows with {len(stage.canaries.fields)} kinds of texts")  # fmt: skip
    assert cells >= FEWEST_CELLS
