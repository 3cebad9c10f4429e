from typing import Any

from django.db import models


class MarkingField(models.CharField):  # type: ignore[type-arg]
    """The code of the marking a record carries; ``default`` is the marking of new records of this kind.

    Markings are the mission's own data, so no foreign key: a code that the mission does not know is readable by nobody.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("null", True)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)
