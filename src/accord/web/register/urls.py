from django.urls import path

from accord.web.register import calendar, keeping, objectives, partners, people, trail

urlpatterns = [
    path("people/", people.host, name="people"),
    path("people/mission/", people.mission, name="people-mission"),
    path("people/partners/", partners.partner_list, name="partners"),
    path("people/nations/", partners.nation_list, name="nations"),
    path("people/organisations/new/", keeping.new_organisation, name="new-organisation"),
    path("people/organisations/<uuid:key>/", people.organisation, name="organisation"),
    path("people/organisations/<uuid:key>/name/", keeping.rename, name="rename-organisation"),
    path("people/organisations/<uuid:key>/place/", keeping.move, name="move-organisation"),
    path("people/organisations/<uuid:key>/spelling/", keeping.alias, name="add-spelling"),
    path("people/organisations/<uuid:key>/position/", keeping.new_position, name="new-position"),
    path("people/positions/<uuid:key>/", people.position, name="position"),
    path("people/positions/<uuid:key>/holder/", keeping.begin, name="begin-tour"),
    path("people/positions/<uuid:key>/pair/", keeping.pair, name="pair-position"),
    path("people/tours/<uuid:key>/end/", keeping.end, name="end-tour"),
    path("people/pairings/<uuid:key>/end/", keeping.unpair, name="end-pairing"),
    path("people/persons/new/", keeping.new_person, name="new-person"),
    path("people/persons/<uuid:key>/", people.person, name="person"),
    path("objectives/", objectives.tree, name="objectives"),
    path("objectives/coverage/", objectives.coverage, name="coverage"),
    path("objectives/<uuid:key>/", objectives.detail, name="objective"),
    path("objectives/<uuid:key>/propose/", objectives.propose, name="propose-objective"),
    path("objectives/<uuid:key>/complete/", objectives.complete, name="complete-objective"),
    path("objectives/<uuid:key>/indicator/", objectives.add_indicator, name="add-indicator"),
    path("objectives/<uuid:key>/open/", objectives.open_it, name="open-objective"),
    path("objectives/<uuid:key>/close/", objectives.close, name="close-objective"),
    path("calendar/", calendar.month, name="calendar"),
    path("calendar/partner-plan/", calendar.partner_plan, name="new-partner-plan"),
    path("trail/", trail.listing, name="trail"),
]
