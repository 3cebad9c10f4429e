from django.urls import path

from accord.web.vetting import cases, requests

urlpatterns = [
    path("vetting/", requests.listing, name="vetting"),
    path("vetting/persons/<uuid:key>/", requests.of_person, name="vet-person"),
    path("vetting/units/<uuid:key>/", requests.of_unit, name="vet-unit"),
    path("vetting/desk/", cases.desk, name="vetting-desk"),
    path("vetting/cases/<uuid:key>/", cases.detail, name="vetting-case"),
    path("vetting/cases/<uuid:key>/check/", cases.check, name="check-vetting"),
    path("vetting/cases/<uuid:key>/decide/", cases.decide, name="decide-vetting"),
]
