"""Forms of the mandate as a browser sends them."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from accord.kernel.clock import today
from accord.people.models import Organisation
from accord.places.models import Place

ARABIC_TITLE = "المشورة في التخطيط"


def day(ahead: int) -> str:
    return (today() + timedelta(days=ahead)).isoformat()


def request_fields(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "purpose": "activity",
        "title_ar": ARABIC_TITLE,
        "title_en": "",
        "text_ar": "نطلب المشورة في تخطيط الموارد.",
        "text_en": "",
        "institution": str(Organisation.objects.get(code="ministry-of-defence").pk),
        "activity_types": ["advise"],
        "place": str(Place.objects.get(code="baghdad").pk),
    }
    return fields | changes


def accord_fields(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "title_en": "Accord on planning",
        "title_ar": "اتفاق التخطيط",
        "text_en": "The government agrees to advice on planning.",
        "text_ar": "توافق الحكومة على المشورة في التخطيط.",
        "conditions_en": "",
        "conditions_ar": "",
        "institutions": [str(Organisation.objects.get(code="ministry-of-defence").pk)],
        "activity_types": ["advise"],
        "places": [str(Place.objects.get(code="baghdad-governorate").pk)],
        "start": day(0),
        "end": day(30),
        "request": "",
    }
    return fields | changes


def go(client: Client, name: str, fields: dict[str, Any], key: Any = None) -> str:
    """Send a form that must succeed; where it leads."""
    answer = client.post(reverse(name, kwargs={"key": key} if key else None), fields)
    assert answer.status_code == 302, answer.content.decode()[-2500:]
    return answer["Location"]
