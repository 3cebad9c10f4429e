"""The table of everything a mission folder holds: file, shape, model, what identifies an entry, its parts.

The order is the order of writing; keys exist before anything is written, so entries may refer to each other freely.
"""

from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Model

from accord.access import models as access
from accord.advising.models import Engagement
from accord.coordination.models import Booking, BookingClaim
from accord.exchange.schema import ground, ledger, need_to_know, people, work
from accord.exchange.schema.types import Entry, Shape
from accord.mandate import models as mandate
from accord.objectives.models import FocusArea, Indicator, Objective, ObjectiveFocus
from accord.people import models as register
from accord.places.models import Place, PlaceAlias
from accord.publishing.models import ClaimTemplate


@dataclass(frozen=True, slots=True)
class Part:
    """A list inside an entry whose items are rows of another table.

    ``field`` is its name in the file, ``rows`` the attribute of the entry that yields the rows; a row that is a bare
    value fills ``column``. ``parent`` is the foreign key back to the entry's own row.
    """

    field: str
    model: type[Model]
    parent: str
    rows: str = ""
    column: str = ""

    def of(self, entry: Entry) -> list[dict[str, Any]]:
        found = getattr(entry, self.rows or self.field)
        items = found if isinstance(found, list | tuple) else [found] if found else []
        return [self._columns(item) for item in items]

    def _columns(self, item: Any) -> dict[str, Any]:
        if isinstance(item, Shape):
            return item.columns()
        return dict(item) if isinstance(item, dict) else {self.column: item}


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    file: str
    entry: type[Entry]
    model: type[Model]
    key: tuple[str, ...] = ("code",)
    parts: tuple[Part, ...] = ()
    single: bool = False

    def key_of(self, entry: Entry) -> str:
        return "/".join(str(reduce(getattr, name.split("."), entry)) for name in self.key)

    @property
    def is_named(self) -> bool:
        """Other entries may refer to it; one without a name of its own is identified by what it says."""
        return self.key in {("code",), ("number",)}


KINDS: tuple[Kind, ...] = (
    Kind("level", "levels.yaml", need_to_know.LevelEntry, access.Level),
    Kind("compartment", "compartments.yaml", need_to_know.CompartmentEntry, access.Compartment),
    Kind("marking", "markings.yaml", need_to_know.MarkingEntry, access.Marking),
    Kind(
        "place", "places.yaml", people.PlaceEntry, Place,
        parts=(Part("aliases", PlaceAlias, "place", rows="spellings"),),
    ),
    Kind(
        "nation", "nations.yaml", people.NationEntry, register.Nation,
        parts=(
            Part("statuses", register.NationStatus, "nation"),
            Part("contributions", register.Contribution, "nation"),
        ),
    ),
    Kind(
        "organisation", "organisations.yaml", people.OrganisationEntry, register.Organisation,
        parts=(
            Part("aliases", register.OrganisationAlias, "organisation", rows="spellings"),
            Part("under", register.OrganisationTie, "child"),
        ),
    ),
    Kind(
        "relation", "relations.yaml", people.RelationEntry, register.Relation,
        key=("subject", "kind.value", "target", "period.start"),
    ),
    Kind(
        "person", "persons.yaml", people.PersonEntry, register.Person,
        parts=(Part("identity", register.Identity, "person"), Part("contact", register.Contact, "person")),
    ),
    Kind(
        "position", "positions.yaml", people.PositionEntry, register.Position,
        parts=(Part("tours", register.Tour, "position"),),
    ),
    Kind(
        "pairing", "pairings.yaml", people.PairingEntry, register.Pairing,
        key=("advisor", "counterpart", "period.start"),
    ),
    Kind("mission", "mission.yaml", ground.MissionEntry, mandate.Mission, single=True),
    Kind(
        "request", "requests.yaml", ledger.RequestEntry, mandate.HostRequest,
        parts=(Part("steps", mandate.RequestStep, "request", rows="step_rows"),),
    ),
    Kind("instrument", "instruments.yaml", ledger.InstrumentEntry, mandate.Instrument),
    Kind(
        "version", "mandate.yaml", ledger.VersionEntry, mandate.MandateVersion, key=("number",),
        parts=(
            Part("clauses", mandate.Clause, "version", rows="clause_rows"),
            Part("institutions", mandate.VersionInstitution, "version"),
        ),
    ),
    Kind(
        "expansion", "expansions.yaml", ledger.ExpansionEntry, mandate.ExpansionStep, key=("number",),
        parts=(
            Part("institutions", mandate.ExpansionInstitution, "expansion"),
            Part("places", mandate.ExpansionPlace, "expansion", column="place"),
        ),
    ),
    Kind(
        "area", "areas.yaml", ground.AreaEntry, mandate.Area,
        parts=(Part("places", mandate.AreaPlace, "area", column="place"),),
    ),
    Kind("posture", "posture.yaml", ground.PostureEntry, mandate.Posture, key=("period.start",)),
    Kind(
        "authority", "authorities.yaml", ground.AuthorityEntry, mandate.SigningAuthority,
        key=("position", "matter.value", "period.start"),
    ),
    Kind(
        "control", "control.yaml", ground.ControlEntry, mandate.ControlStatus,
        key=("institution", "period.start"),
    ),
    Kind(
        "conditions", "conditions.yaml", ground.ConditionsEntry, mandate.ConditionsAssessment,
        key=("place", "period.start"),
    ),
    Kind(
        "operations", "operations.yaml", ground.OperationsEntry, mandate.OperationsFlag,
        key=("unit", "period.start"),
    ),
    Kind(
        "accord", "accords.yaml", ledger.AccordEntry, mandate.Accord,
        parts=(
            Part("institutions", mandate.AccordInstitution, "accord"),
            Part("places", mandate.AccordPlace, "accord", column="place"),
            Part("steps", mandate.AccordStep, "accord", rows="step_rows"),
        ),
    ),
    Kind("focus_area", "focus_areas.yaml", work.FocusAreaEntry, FocusArea),
    Kind(
        "objective", "objectives.yaml", work.ObjectiveEntry, Objective,
        parts=(
            Part("focus_areas", ObjectiveFocus, "objective", column="focus_area"),
            Part("indicators", Indicator, "objective"),
        ),
    ),
    Kind(
        "partner_plan", "partner_plans.yaml", work.PartnerPlanEntry, Booking,
        parts=(Part("claims", BookingClaim, "booking", rows="claim_rows"),),
    ),
    Kind("claim", "factsheet.yaml", work.ClaimEntry, ClaimTemplate),
)  # fmt: skip

# Engagements are not written here: each passes the gate through advising's own use cases.
ENGAGEMENT = Kind("engagement", "engagements.yaml", work.EngagementEntry, Engagement)

KIND_OF_MODEL = {kind.model: kind.name for kind in KINDS}
SOURCES = "sources.yaml"
FILES = frozenset({kind.file for kind in KINDS} | {ENGAGEMENT.file, SOURCES})
