from django.urls import path

from accord.web.knowing import compartments, emergencies, why

urlpatterns = [
    path("access/compartments/", compartments.listing, name="compartments"),
    path("access/compartments/<slug:code>/", compartments.detail, name="compartment"),
    path("access/compartments/<slug:code>/grant/", compartments.grant, name="grant-compartment"),
    path("access/compartments/<slug:code>/emergency/", emergencies.ask, name="ask-emergency"),
    path("access/waiting/", compartments.waiting, name="access-waiting"),
    path("access/grants/<uuid:key>/answer/", compartments.answer, name="answer-grant"),
    path("access/grants/<uuid:key>/confirm/", compartments.confirm, name="confirm-grant"),
    path("access/grants/<uuid:key>/end/", compartments.end, name="end-compartment-grant"),
    path("access/emergencies/<uuid:key>/", emergencies.detail, name="emergency"),
    path("access/emergencies/<uuid:key>/answer/", emergencies.answer, name="answer-emergency"),
    path("access/emergencies/<uuid:key>/end/", emergencies.end, name="end-emergency"),
    path("access/why/<slug:kind>/<uuid:key>/", why.reasons_shown, name="why"),
    path("access/why/<slug:kind>/<uuid:key>/marking/", why.mark, name="mark-record"),
]
