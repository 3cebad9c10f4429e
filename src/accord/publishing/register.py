"""Reading the register from the database: one query a table, whatever the day."""

from collections.abc import Iterable
from typing import Any

from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.mandate.choices import VersionState
from accord.mandate.facts import the_mission
from accord.mandate.models import Area, Clause, HostRequest, Instrument, MandateVersion, Posture, VersionInstitution
from accord.objectives.models import FocusArea
from accord.people.models import Contribution, NationStatus, Relation, Tour
from accord.places.models import Place
from accord.publishing import records as r
from accord.publishing.models import ClaimTemplate
from accord.wall.standing import house


def load() -> r.Register:
    """Everything a sheet can state; what of it is public was decided by the sheet's own claims, not by its reader."""
    with house("fact sheet"):
        return _load()


def _load() -> r.Register:
    return r.Register(
        mission=_mission(),
        versions=tuple(_versions()),
        institutions=tuple(_institutions()),
        clauses=tuple(_clauses()),
        areas=tuple(_areas()),
        focus=tuple(
            r.FocusFact(**_basis(row), code=row.code, name=row.name)
            for row in FocusArea.objects.order_by("order", "code")
        ),
        tours=tuple(_tours()),
        statuses=tuple(_nations(NationStatus.objects.all())),
        contributions=tuple(_nations(Contribution.objects.all())),
        relations=tuple(_relations()),
        postures=tuple(
            r.PostureFact(**_basis(row), posture=row.kind, name=row.headquarters.name, reason=row.reason)
            for row in Posture.objects.select_related("headquarters").order_by("period")
        ),
        templates=tuple(_templates()),
    )


def _basis(row: Any) -> dict[str, Any]:
    period = getattr(row, "period", None)
    return {"id": row.pk, "source": Source.of(row.source), "period": Period.of(period) if period else r.ALWAYS}


def _mission() -> r.MissionFact:
    mission = the_mission()
    return r.MissionFact(
        id=mission.pk,
        source=Source.of(mission.sources.get("mission")),
        code=mission.code,
        name=mission.name,
        acronym=mission.acronym,
        organisation=mission.organisation.code,
        host_government=mission.host_government.name,
        host_nation=mission.host_nation.name,
        languages=tuple(mission.languages),
        established_on=mission.established_on,
        contacts=mission.contacts,
        parameters=mission.parameters,
        sources=mission.sources,
    )


def _request(row: HostRequest | None) -> r.ActFact | None:
    if row is None:
        return None
    return r.ActFact(**_basis(row), code=row.code, role="request", name=row.title, on=row.submitted_on, precision="day")


def _instrument(row: Instrument | None) -> r.ActFact | None:
    if row is None:
        return None
    return r.ActFact(
        **_basis(row), code=row.code, role=row.kind, name=row.title, on=row.issued_on, precision=row.date_precision
    )


def _versions() -> Iterable[r.VersionFact]:
    rows = MandateVersion.objects.filter(state=VersionState.IN_FORCE)
    for row in rows.select_related("request", "invitation", "decision").order_by("number"):
        yield r.VersionFact(
            **_basis(row),
            number=row.number,
            name=row.title,
            request=_request(row.request),
            invitation=_instrument(row.invitation),
            decision=_instrument(row.decision),
        )


def _institutions() -> Iterable[r.InstitutionFact]:
    rows = VersionInstitution.objects.filter(version__state=VersionState.IN_FORCE)
    for row in rows.select_related("version", "institution__place").order_by("version__number", "institution__code"):
        institution = row.institution
        yield r.InstitutionFact(
            **_basis(row) | {"period": Period.of(institution.period)},
            version=row.version.number,
            code=institution.code,
            name=institution.name,
            form=institution.kind,
            place=institution.place.code if institution.place else "",
        )


def _clauses() -> Iterable[r.ClauseFact]:
    rows = Clause.objects.filter(version__state=VersionState.IN_FORCE).select_related("version")
    for row in rows.order_by("version__number", "order"):
        yield r.ClauseFact(**_basis(row), version=row.version.number, code=row.code, text=row.text)


def _areas() -> Iterable[r.AreaFact]:
    codes, parents = {}, {}
    for key, code, parent in Place.objects.values_list("pk", "code", "parent_id"):
        codes[key], parents[key] = code, parent
    children: dict[Any, list[Any]] = {}
    for key, parent in parents.items():
        children.setdefault(parent, []).append(key)
    for area in Area.objects.prefetch_related("places").order_by("code"):
        inside = [place.place_id for place in area.places.all()]
        for key in inside:
            inside.extend(child for child in children.get(key, []) if child not in inside)
        yield r.AreaFact(
            **_basis(area), code=area.code, name=area.name, places=tuple(sorted({codes[key] for key in inside}))
        )


def _tours() -> Iterable[r.TourFact]:
    rows = Tour.objects.filter(position__is_public=True, person__is_fictional=False)
    for row in rows.select_related("position", "person__nation").order_by("period"):
        yield r.TourFact(
            **_basis(row),
            position=row.position.code,
            title=row.position.title,
            name=row.person.shown_name,
            rank=row.rank,
            nation=row.person.nation.name if row.person.nation else {},
        )


def _nations(rows: Any) -> Iterable[r.NationFact]:
    for row in rows.select_related("nation").order_by("nation__code", "period"):
        nation = row.nation
        yield r.NationFact(**_basis(row), code=nation.code, name=nation.name, status=getattr(row, "status", ""))


def _relations() -> Iterable[r.RelationFact]:
    rows = Relation.objects.select_related("subject", "target")
    for row in rows.order_by("subject__code", "kind", "target__code", "period"):
        yield r.RelationFact(
            **_basis(row),
            relation=row.kind,
            subject=row.subject.code,
            subject_name=row.subject.name,
            target=row.target.code,
            target_name=row.target.name,
            means=row.means,
        )


def _templates() -> Iterable[r.Template]:
    for row in ClaimTemplate.objects.all():
        yield r.Template(
            **_basis(row),
            code=row.code,
            claim=row.claim,
            section=row.section,
            binding=row.binding,
            options=row.options,
            sentence=row.sentence,
            clause=row.clause,
        )
