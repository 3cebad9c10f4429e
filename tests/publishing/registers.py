"""A small register of an invented mission, to try rules without a database."""

from dataclasses import replace
from datetime import date
from typing import Any

from accord.kernel.keys import new_key
from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.publishing import records as r

PUBLIC = Source("public", "P1")


def basis(start: date | None = None, end: date | None = None) -> dict[str, Any]:
    return {"id": new_key(), "source": PUBLIC, "period": Period(start, end)}


def template(code: str, binding: str, sentence: dict[str, str], **more: Any) -> r.Template:
    given = {"claim": code, "section": "origin", "options": {}, "clause": "S1", **more}
    period = Period(given.pop("start", date(2020, 1, 1)), given.pop("end", None))
    return r.Template(
        id=new_key(), source=PUBLIC, period=period, code=code, binding=binding, sentence=sentence, **given
    )


def tour(name: str, start: date, end: date | None = None) -> r.TourFact:
    return r.TourFact(
        **basis(start, end),
        position="commander",
        title={"en": "Commander"},
        name={"en": name, "ar": name},
        rank={"en": "Major General", "ar": "اللواء"},
        nation={"en": "Canada", "ar": "كندا"},
    )


def nation(code: str, english: str, arabic: str, status: str = "") -> r.NationFact:
    return r.NationFact(**basis(date(2020, 1, 1)), code=code, name={"en": english, "ar": arabic}, status=status)


def register(**parts: Any) -> r.Register:
    mission = r.MissionFact(
        id=new_key(),
        source=PUBLIC,
        code="demo",
        name={"en": "Demonstration Mission", "ar": "البعثة التجريبية"},
        acronym="DM",
        organisation="demo",
        host_government={"en": "Government of Ruritania", "ar": "حكومة روريتانيا"},
        host_nation={"en": "Ruritania", "ar": "روريتانيا"},
        languages=("en", "ar"),
        established_on=date(2020, 1, 1),
        contacts={"office": {"en": "Press office", "ar": "مكتب الصحافة"}, "telephone": "1"},
        parameters=parts.pop("parameters", {}),
        sources={"public": {"P1": {"en": "A public page", "ar": "صفحة عامة"}}},
    )
    return replace(r.Register(mission=mission), **parts)
