"""Keeping the register through its forms: it is done, refused in plain words, and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accord.audit.models import Entry
from accord.kernel.clock import today
from accord.people.models import Contact, Organisation, OrganisationTie, Pairing, Person, Position, Tour
from tests.web.conftest import Mission
from tests.web.register.conftest import address

TODAY = today().isoformat()


def sent(nmi: Mission, path: str, username: str = "chief", **fields: Any) -> Any:
    return nmi.client(username).post(path, fields)


def words(answer: Any) -> str:
    return str(answer.content.decode())


def ministry() -> Organisation:
    return Organisation.objects.get(code="ministry-of-defence")


@pytest.mark.parametrize("username", ["advisor", "auditor", "host", "press"])
def test_forms_are_closed_to_those_who_do_not_keep_the_register(nmi: Mission, username: str) -> None:
    client = nmi.client(username)
    for path in (
        reverse("new-organisation"),
        reverse("new-person"),
        address("rename-organisation", Organisation, "ministry-of-defence"),
        address("begin-tour", Position, "commander"),
    ):
        assert client.get(path).status_code == 403
        assert client.post(path).status_code == 403


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_form_opens_in_both_languages(nmi: Mission, language: str) -> None:
    client = nmi.client("chief", language)
    for path in (
        reverse("new-organisation"),
        reverse("new-person"),
        *(
            address(name, Organisation, "ministry-of-defence")
            for name in ("rename-organisation", "move-organisation", "add-spelling", "new-position")
        ),
        *(address(name, Position, "defence-coordination") for name in ("begin-tour", "pair-position")),
        reverse("end-tour", kwargs={"key": Tour.objects.values_list("pk", flat=True)[0]}),
        reverse("end-pairing", kwargs={"key": Pairing.objects.values_list("pk", flat=True)[0]}),
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "<form" in words(answer)


def test_organisation_is_added_under_its_parent(nmi: Mission) -> None:
    answer = sent(
        nmi, reverse("new-organisation"), name_en="Office of Water", name_ar="مكتب المياه", kind="office", side="host",
        parent=str(ministry().pk), start=TODAY,
    )  # fmt: skip
    made = Organisation.objects.get(name__en="Office of Water")
    assert answer.url == reverse("organisation", kwargs={"key": made.pk})
    assert OrganisationTie.objects.get(child=made).parent == ministry()
    assert Entry.objects.filter(action="add_organisation", actor_name="Chief One (fictional)").exists()


def test_what_was_typed_stays_beside_the_message(nmi: Mission) -> None:
    answer = sent(nmi, reverse("new-organisation"), short_name_en="OWX", kind="office", side="host", start=TODAY)
    assert answer.status_code == 422
    assert "Write the name in at least one language." in words(answer)
    assert 'value="OWX"' in words(answer)


def test_renamed_moved_and_given_a_spelling(nmi: Mission) -> None:
    college = Organisation.objects.get(code="staff-college")
    path = reverse("organisation", kwargs={"key": college.pk})
    assert sent(nmi, f"{path}name/", name_en="College of Staff").url == path
    assert sent(nmi, f"{path}spelling/", text="Staf Kolej").url == path
    interior = Organisation.objects.get(code="ministry-of-interior")
    assert sent(nmi, f"{path}place/", parent=str(interior.pk), start=TODAY).url == path
    page = words(nmi.client("chief").get(path))
    assert all(word in page for word in ("College of Staff", "Staf Kolej", "Staff College", "Ministry of Interior"))


def test_organisation_cannot_stand_under_its_own_part(nmi: Mission) -> None:
    government = Organisation.objects.get(code="government-of-iraq")
    path = reverse("move-organisation", kwargs={"key": government.pk})
    answer = sent(nmi, path, parent=str(ministry().pk), start=TODAY)
    assert answer.status_code == 422
    assert "cannot stand under itself" in words(answer)


def test_position_is_opened_filled_and_the_second_incumbent_refused(nmi: Mission) -> None:
    answer = sent(
        nmi, address("new-position", Organisation, "ministry-of-defence"), title_en="Head of Water", start=TODAY
    )
    post = Position.objects.get(title__en="Head of Water")
    assert answer.url == reverse("position", kwargs={"key": post.pk})
    first, second = Person.objects.filter(side="host")[:2]
    holder = reverse("begin-tour", kwargs={"key": post.pk})
    assert sent(nmi, holder, person=str(first.pk), start=TODAY, rank_en="Colonel").status_code == 302
    answer = sent(nmi, holder, person=str(second.pk), start=TODAY, rank_en="Major")
    assert answer.status_code == 422
    assert "Somebody else holds this position" in words(answer)
    assert 'value="Major"' in words(answer)
    assert Tour.objects.filter(position=post).count() == 1


def test_tour_ends_with_its_last_day(nmi: Mission) -> None:
    tour = Tour.objects.get(position__code="chief-of-advisors")
    answer = sent(nmi, reverse("end-tour", kwargs={"key": tour.pk}), end=TODAY, reason="Going home")
    assert answer.status_code == 302
    tour.refresh_from_db()
    assert tour.period.upper == today() + timedelta(days=1)
    assert Entry.objects.get(action="end_tour").reason == "Going home"


def test_pairing_from_either_side_and_its_end(nmi: Mission) -> None:
    dean, legal = Position.objects.get(code="staff-college-dean"), Position.objects.get(code="legal-advisor")
    answer = sent(nmi, reverse("pair-position", kwargs={"key": dean.pk}), other=str(legal.pk), start=TODAY)
    assert answer.status_code == 302
    pairing = Pairing.objects.get(advisor=legal, counterpart=dean)
    assert "Pair with a counterpart" in words(nmi.client("chief").get(answer.url))
    answer = sent(nmi, reverse("end-pairing", kwargs={"key": pairing.pk}), end=TODAY)
    assert answer.url == reverse("position", kwargs={"key": legal.pk})


def test_person_is_registered_on_the_way_to_a_position(nmi: Mission) -> None:
    post = Position.objects.get(code="staff-college-dean")
    answer = sent(
        nmi, f"{reverse('new-person')}?position={post.pk}", shown_name_en="Dean New (fictional)", side="host",
        email="new@example.org",
    )  # fmt: skip
    made = Person.objects.get(shown_name__en="Dean New (fictional)")
    assert answer.url == reverse("begin-tour", kwargs={"key": post.pk}) + f"?person={made.pk}"
    assert Contact.objects.get(person=made).email == "new@example.org"
    assert "new@example.org" not in words(nmi.client("advisor").get(reverse("person", kwargs={"key": made.pk})))


def test_person_without_a_name_is_refused(nmi: Mission) -> None:
    answer = sent(nmi, reverse("new-person"), side="host", telephone="+000 111")
    assert answer.status_code == 422
    assert "+000 111" in words(answer)


def test_administrator_keeps_the_register_but_pairs_nobody(nmi: Mission) -> None:
    assert nmi.client("admin").get(reverse("new-organisation")).status_code == 200
    assert nmi.client("admin").get(address("pair-position", Position, "commander")).status_code == 403
