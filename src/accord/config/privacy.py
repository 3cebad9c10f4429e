"""The register of personal data: what every context says of its tables, held against the tables there are."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Model

from accord.access.privacy import REGISTER as ACCESS
from accord.advising.privacy import REGISTER as ADVISING
from accord.audit.privacy import REGISTER as AUDIT
from accord.coordination.privacy import REGISTER as COORDINATION
from accord.exchange.privacy import REGISTER as EXCHANGE
from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Register, Rule, impersonal
from accord.kernel.text import noted as _
from accord.mandate.privacy import REGISTER as MANDATE
from accord.notices.privacy import REGISTER as NOTICES
from accord.objectives.privacy import REGISTER as OBJECTIVES
from accord.people.privacy import REGISTER as PEOPLE
from accord.places.privacy import REGISTER as PLACES
from accord.publishing.privacy import REGISTER as PUBLISHING
from accord.vetting.privacy import REGISTER as VETTING

# Tables of the libraries we stand on.
OTHERS = (
    Held(
        "procrastinate.ProcrastinateJob",
        Rule(Purpose.RUNNING, Keep.MONTH, Erase.DELETE),
        _("Background jobs: the keys of the records they work on"),
        {
            Kind.LINK: "lock args queueing_lock",
            Kind.ORGANISATIONAL: "queue_name task_name priority status scheduled_at attempts abort_requested worker",
        },
    ),
    impersonal("procrastinate.ProcrastinateWorker", "last_heartbeat"),
    impersonal("procrastinate.ProcrastinateEvent", "job type"),
    impersonal("procrastinate.ProcrastinatePeriodicDefer", "task_name defer_timestamp job periodic_id"),
    impersonal("contenttypes.ContentType", "app_label model"),
    impersonal("auth.Permission", "name content_type codename"),
    impersonal("auth.Group", "name"),
    impersonal("auth.Group_permissions", "group permission"),
)

REGISTER = Register(
    held=(
        *ACCESS, *PEOPLE, *MANDATE, *OBJECTIVES, *COORDINATION, *ADVISING, *PUBLISHING, *NOTICES, *AUDIT, *EXCHANGE,
        *PLACES, *VETTING, *OTHERS,
    ),
    common={
        Kind.TECHNICAL: "id marking",
        Kind.ORGANISATIONAL: "source origin target",
        Kind.LINK: "account account_id person",
        Kind.IDENTIFYING: "actor_name",
        Kind.TEXT: "reason remark",
    },
    following="at created_at period",
)  # fmt: skip

# In the database without a model: which migrations were applied.
WITHOUT_MODEL = {"django_migrations"}


def tables(models: Iterable[type[Model]]) -> dict[str, tuple[str, ...]]:
    """The fields of every table, by the model's label."""
    return {model._meta.label: tuple(field.name for field in model._meta.local_fields) for model in models}


def all_tables() -> dict[str, tuple[str, ...]]:
    return tables(apps.get_models(include_auto_created=True))


def holdings() -> tuple[Held, ...]:
    """The whole register, complete with the fields that are classified by their common names."""
    return REGISTER.completed(all_tables())


def problems() -> Iterator[str]:
    """What the register lacks, of the models and of the tables in the database."""
    yield from REGISTER.problems(all_tables())
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | WITHOUT_MODEL
    for table in sorted(set(connection.introspection.table_names()) - known):
        yield f"table {table} has no model; drop it, or say in config/privacy.py why it is there"
