"""Row by row: what querysets and what PostgreSQL let each person read is what the oracle says."""

import pytest

from tests.authz.reading import by_queryset, by_sql, differences, models
from tests.authz.stage import READERS, Stage


@pytest.mark.parametrize("name", READERS)
def test_a_queryset_yields_what_the_oracle_says(stage: Stage, name: str) -> None:
    wrong = [line for model in models() for line in differences(stage, model, name, by_queryset(stage, model, name))]
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.parametrize("name", READERS)
def test_a_bare_statement_yields_what_the_oracle_says(stage: Stage, name: str) -> None:
    wrong = [line for model in models() for line in differences(stage, model, name, by_sql(stage, model, name))]
    assert not wrong, "\n".join(wrong[:40])
