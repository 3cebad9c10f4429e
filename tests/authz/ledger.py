"""Rows of the register, the mandate and the ground, in every kind that matters and with every marking."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from accord.mandate.models import (
    Accord,
    AccordInstitution,
    AccordPlace,
    AccordStep,
    Area,
    AreaPlace,
    Clause,
    ConditionsAssessment,
    ControlStatus,
    ExpansionInstitution,
    ExpansionPlace,
    ExpansionStep,
    HostRequest,
    Instrument,
    MandateVersion,
    Mission,
    OperationsFlag,
    Posture,
    RequestStep,
    SigningAuthority,
    VersionInstitution,
)
from accord.objectives.models import FocusArea, Indicator, Objective, ObjectiveFocus, ObjectiveStep
from accord.people.models import (
    Contribution,
    Nation,
    NationStatus,
    Organisation,
    OrganisationAlias,
    OrganisationTie,
    Pairing,
    Person,
    Position,
    Relation,
    Tour,
)
from accord.places.models import Place, PlaceAlias
from tests.authz.canaries import Canaries
from tests.authz.people import MARKS
from tests.cast import CLAUSES, KEPT, ORGANISATIONS, PARAMETERS, SINCE, START, TODAY

_numbers = count(1)
MORE = {"council": ("other", "partner", None, "", "")}
YEAR = DateRange(TODAY - timedelta(days=100), TODAY + timedelta(days=265))


def stretch() -> DateRange:
    """A month of its own, long ago, for what stands one at a time."""
    first = START - timedelta(days=40 * next(_numbers))
    return DateRange(first, first + timedelta(days=30))


def organisations(canaries: Canaries) -> dict[str, Organisation]:
    """The tree of the small world, and an organisation for each marking."""
    made = {
        code: canaries.plant(Organisation(code=code, kind=kind, side=side, period=SINCE))
        for code, (kind, side, *_rest) in {**ORGANISATIONS, **MORE}.items()
    }
    for code, (_kind, _side, parent, *_words) in {**ORGANISATIONS, **MORE}.items():
        if parent:
            pair = [made[code], made[parent]]
            canaries.plant(OrganisationTie(child=pair[0], parent=pair[1], period=SINCE), parents=pair)
    for marking in MARKS:
        one = canaries.plant(Organisation(kind="unit", side="host", period=SINCE, marking=marking))
        canaries.plant(OrganisationAlias(organisation=one), parents=[one])
        canaries.plant(OrganisationTie(child=one, parent=made["defence"], period=SINCE), parents=[one, made["defence"]])
        canaries.plant(
            OrganisationTie(child=made["mission"], parent=one, period=stretch()), parents=[made["mission"], one]
        )
        for subject, target in ((made["union"], made["mission"]), (one, made["mission"]), (made["mission"], one)):
            canaries.plant(
                Relation(subject=subject, target=target, kind="supports", period=stretch(), marking=marking),
                parents=[subject, target],
            )
            canaries.plant(
                Relation(subject=subject, target=target, kind="assists", period=stretch(), marking="public"),
                parents=[subject, target],
            )
    return made


def nations(canaries: Canaries) -> dict[str, Nation]:
    codes: dict[str, Any] = dict.fromkeys(("LND", "ALY", "XYZ"), "public")
    codes |= {f"Q{chr(65 + n)}Z": marking for n, marking in enumerate(MARKS)}
    made = {code: canaries.plant(Nation(code=code, marking=marking)) for code, marking in codes.items()}
    for code, nation in made.items():
        canaries.plant(NationStatus(nation=nation, status="host" if code == "LND" else "ally", period=SINCE),
                       parents=[nation])  # fmt: skip
        canaries.plant(Contribution(nation=nation, period=SINCE), parents=[nation])
    return made


def places(canaries: Canaries) -> dict[str, Place]:
    land = canaries.plant(Place(code="land", kind="country"))
    made = {"land": land, "capital": canaries.plant(Place(code="capital", kind="city", parent=land))}
    for marking in MARKS:
        one = canaries.plant(Place(kind="city", parent=land, marking=marking))
        canaries.plant(PlaceAlias(place=one), parents=[one])
    return made


def posts(canaries: Canaries, org: dict[str, Organisation], nation: Nation) -> None:
    """Posts, persons, tours and pairings of people without accounts, with each marking."""
    open_post = canaries.plant(Position(organisation=org["mission"], period=SINCE, marking="public"))
    open_person = canaries.plant(Person(side="host", nation=nation, marking="public"))
    for marking in MARKS:
        post = canaries.plant(Position(organisation=org["defence"], period=SINCE, marking=marking))
        person = canaries.plant(Person(side="host", nation=nation, marking=marking))
        for who, where in ((person, post), (open_person, post), (person, open_post)):
            canaries.plant(Tour(position=where, person=who, period=stretch()), parents=[who, where])
        for advisor, counterpart in ((open_post, post), (post, open_post)):
            canaries.plant(
                Pairing(advisor=advisor, counterpart=counterpart, period=SINCE), parents=[advisor, counterpart]
            )


def mandate(canaries: Canaries, org: dict[str, Organisation], place: dict[str, Place], post: dict[str, Position],
            nation: Nation) -> None:  # fmt: skip
    mission = Mission(
        organisation=org["mission"], host_government=org["government"], host_nation=nation, languages=["en", "ar"],
        time_zone="Etc/GMT-3", established_on=START, parameters=PARAMETERS,
    )  # fmt: skip
    canaries.plant(mission)
    acts = [canaries.plant(Instrument(kind="decision", issued_on=START, marking=marking)) for marking in MARKS]
    request = canaries.plant(
        HostRequest(purpose="mandate", institution=org["defence"], submitted_on=START, state="accepted", validity=KEPT)
    )
    three = {"request": request, "invitation": acts[0], "decision": acts[0]}
    for number, (marking, state) in enumerate((m, s) for m in MARKS for s in ("in_force", "draft")):
        period = SINCE if number == 0 else stretch()
        version = canaries.plant(
            MandateVersion(number=number + 1, state=state, period=period, marking=marking, **three), state
        )
        if number == 0:
            for n, code in enumerate(CLAUSES.values()):
                _parts(canaries, version, Clause(version=version, code=code, order=n))
        _parts(
            canaries,
            version,
            Clause(version=version, order=90),
            VersionInstitution(version=version, institution=org["defence"]),
        )
    for marking in MARKS:
        _ledger(canaries, org, place, post, marking)


def _ledger(canaries: Canaries, org: dict[str, Organisation], place: dict[str, Place], post: dict[str, Position],
            marking: Any) -> None:  # fmt: skip
    """One row of each register with this marking."""
    signed = {"host_signatory": post["government"], "host_signed_on": START, "mission_signatory": post["commander"],
              "mission_signed_on": START}  # fmt: skip
    request = canaries.plant(
        HostRequest(purpose="activity", institution=org["interior"], submitted_on=START, state="submitted",
                    submitted_by=post["government"], place=place["capital"], marking=marking)
    )  # fmt: skip
    _parts(canaries, request, RequestStep(request=request, name="submit", origin="drafted", target="submitted",
                                          effective_on=START))  # fmt: skip
    accord = canaries.plant(
        Accord(request=request, activity_types=["advise"], period=YEAR, state="in_force", marking=marking, **signed)
    )
    _parts(canaries, accord, AccordInstitution(accord=accord, institution=org["defence"]),
           AccordPlace(accord=accord, place=place["land"]),
           *(AccordStep(accord=accord, name=n, origin=o, target=t, effective_on=START) for n, o, t in
             (("propose", "", "proposed"), ("agree", "proposed", "agreed"),
              ("enter_into_force", "agreed", "in_force"))))  # fmt: skip
    number = next(_numbers)
    expansion = canaries.plant(ExpansionStep(number=number, request=request, headcount_cap=5, marking=marking))
    _parts(canaries, expansion, ExpansionInstitution(expansion=expansion, institution=org["college"]),
           ExpansionPlace(expansion=expansion, place=place["capital"]))  # fmt: skip
    area = canaries.plant(Area(period=SINCE, expansion=expansion, marking=marking))
    _parts(canaries, area, AreaPlace(area=area, place=place["capital"]))
    now_ = marking == "host"
    canaries.plant(Posture(kind="in_country", headquarters=place["capital"], period=SINCE if now_ else stretch(),
                           marking=marking))  # fmt: skip
    canaries.plant(SigningAuthority(position=post["commander"], matter="accord", period=SINCE if now_ else stretch(),
                                    marking=marking))  # fmt: skip
    canaries.plant(ControlStatus(institution=org["defence"], status="under_control", signed_by=post["government"],
                                 signed_on=START, period=YEAR if now_ else stretch(), marking=marking))  # fmt: skip
    canaries.plant(ConditionsAssessment(place=place["land"], rating="green", assessed_by=post["commander"],
                                        period=YEAR if now_ else stretch(), marking=marking))  # fmt: skip
    canaries.plant(OperationsFlag(unit=org["brigade"], period=YEAR if now_ else stretch(), marking=marking))


def objectives(canaries: Canaries, post: dict[str, Position]) -> tuple[FocusArea, Objective]:
    focus = [canaries.plant(FocusArea(order=n, period=SINCE, marking=marking)) for n, marking in enumerate(MARKS)]
    end = canaries.plant(Objective(level="end", state="open", period=SINCE))
    for marking in MARKS:
        way = canaries.plant(
            Objective(level="way", parent=end, host_owner=post["government"], state="open", period=SINCE,
                      marking=marking)
        )  # fmt: skip
        step = {"name": "open", "origin": "proposed", "target": "open"}
        _parts(canaries, way, ObjectiveFocus(objective=way, focus_area=focus[0]),
               Indicator(objective=way, baseline_on=START), ObjectiveStep(objective=way, **step))  # fmt: skip
    return focus[0], end


def _parts(canaries: Canaries, whole: Model, *parts: Any) -> None:
    for part in parts:
        canaries.plant(part, parents=[whole])
