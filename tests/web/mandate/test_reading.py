"""What the pages of the mandate tell: the overview, the timeline, the map, the registers."""

import gzip
from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from accord.kernel.clock import today
from accord.mandate.models import AccordInstitution, Area, Instrument
from accord.people.models import Organisation, Position
from accord.places.models import Place
from tests.web.conftest import Mission


def read(
    nmi: Mission, name: str, day: str = "", username: str = "auditor", language: str = "en", query: str = ""
) -> str:
    client = nmi.client(username, language)
    if day:
        client.cookies["as_of"] = day
    return client.get(reverse(name) + query).content.decode()


def test_the_overview_says_what_holds_on_a_day(nmi: Mission) -> None:
    page = read(nmi, "mandate", "2021-06-30")
    assert "Version 2" in page
    assert "Headquarters: Baghdad" in page
    assert "Greater Baghdad area" in page
    assert ">S12a</span>" in page
    now = read(nmi, "mandate", "2026-11-01")
    assert "Version 3" in now
    assert "Headquarters: Naples" in now


def test_the_overview_names_institutions_without_consent_first(nmi: Mission) -> None:
    AccordInstitution.objects.filter(institution__code="federal-police-command").delete()
    AccordInstitution.objects.filter(institution__code="ministry-of-interior").delete()
    page = read(nmi, "mandate", "2024-06-01")
    assert "No accord in force" in page
    uncovered = page.split("Institutions without consent")[1].split("</table>")[0]
    assert "Federal Police Command" in uncovered
    assert "Ministry of Interior" in uncovered
    assert "War College" not in uncovered


def test_the_overview_of_an_unloaded_day_says_that_nothing_is_allowed(nmi: Mission) -> None:
    page = read(nmi, "mandate", "2018-01-01")
    assert "the mission may do nothing" in page


def test_the_timeline_keeps_to_the_month_where_no_day_is_known(nmi: Mission) -> None:
    page = read(nmi, "mandate-timeline")
    assert '<time datetime="2018-07">July 2018</time>' in page
    assert '<time datetime="2018-10">October 2018</time>' in page
    assert '<time datetime="2023-08-17">17 August 2023</time>' in page


def test_the_timeline_tells_who_commanded_and_where_it_is_from(nmi: Mission) -> None:
    page = read(nmi, "mandate-timeline", query="?only=command")
    assert "Michael Lollesgaard" in page
    assert "Denmark" in page
    assert "Seed" in page
    assert "Deputy" not in page
    assert "Request" not in page.split('<ol class="timeline"')[1].split("</ol>")[0]


def test_the_timeline_as_of_a_day_knows_nothing_later(nmi: Mission) -> None:
    page = read(nmi, "mandate-timeline", "2021-06-30")
    assert "Growth in steps" in page
    assert "North Atlantic Council" not in page


def test_the_timeline_is_arabic_with_its_digits(nmi: Mission) -> None:
    page = read(nmi, "mandate-timeline", language="ar", username="host")
    assert "تموز ٢٠١٨" in page


def test_the_map_highlights_the_area_in_force_and_marks_the_headquarters(nmi: Mission) -> None:
    page = read(nmi, "areas", "2021-06-30")
    assert page.count('class="area area-in_force"') == 1
    assert page.count('class="area area-out"') == 17
    assert "site-hq" in page
    away = read(nmi, "areas", "2026-11-01")
    assert "site-hq" not in away
    assert "The headquarters is outside this map: Naples." in away


def test_a_decided_area_is_hatched_until_its_day(nmi: Mission) -> None:
    area = Area.objects.create(
        code="later", name={"en": "Later"}, period=DateRange(today() + timedelta(days=9), None),
        instrument=Instrument.objects.get(code="area-greater-baghdad-2018"), source={},
    )  # fmt: skip
    area.places.create(place=Place.objects.get(code="basra-governorate"))
    page = read(nmi, "areas")
    assert page.count('class="area area-planned"') == 1
    assert "Decided" in page


def test_the_map_page_is_light(nmi: Mission) -> None:
    assert len(gzip.compress(read(nmi, "areas").encode())) < 20_000


def test_the_map_is_labelled_in_arabic(nmi: Mission) -> None:
    page = read(nmi, "areas", language="ar", username="host")
    assert ">الأنبار</text>" in page
    assert "محافظة الأنبار</text>" not in page, "a word that every name has is left out"


def test_the_control_register_shows_whose_status_is_missing_and_what_ends_soon(nmi: Mission) -> None:
    page = read(nmi, "control-status", "2021-09-01")
    assert "Expiring soon" in page
    later = read(nmi, "control-status", "2026-11-01")
    assert later.index("None on record") < later.index("Under control"), "the gaps stand first"


def test_the_register_of_authority_names_posts_and_for_the_host_no_other_staff(nmi: Mission) -> None:
    holder = Position.objects.get(code="deputy-commander").tours.get().person.shown_name["en"]
    assert holder in read(nmi, "authorities", username="commander")
    host = read(nmi, "authorities", username="host")
    assert holder not in host
    assert "Deputy Commander" in host
    only = read(nmi, "authorities", query="?matter=conditions")
    assert "Chief of Advisors" in only
    assert "Government Representative" not in only


def test_an_institution_that_is_not_in_the_register_has_no_history(nmi: Mission) -> None:
    college = Organisation.objects.get(code="war-college")
    page = read(nmi, "control-status", query=f"?institution={college.pk}")
    assert "History: War College" in page
    assert "History" not in read(nmi, "control-status", query="?institution=nonsense").split("<main")[1]
