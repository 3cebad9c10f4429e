from django.urls import path

from accord.web.publishing import desk, editions, files, sheet

urlpatterns = [
    path("fact-sheet/", sheet.fact_sheet, name="factsheet"),
    path("fact-sheet/editions/", sheet.listing, name="editions"),
    path("fact-sheet/editions/compare/", sheet.comparison, name="compare-editions"),
    path("fact-sheet/editions/<int:number>/", sheet.edition, name="edition"),
    path("fact-sheet.json", files.machine_form, name="factsheet-json"),
    path("fact-sheet.pdf", files.paper_form, name="factsheet-pdf"),
    path("publishing/", desk.desk, name="publishing"),
    path("publishing/prepare/", desk.prepare, name="prepare-edition"),
    path("publishing/history/", desk.history, name="publish-history"),
    path("publishing/editions/<int:number>/", editions.shown_edition, name="desk-edition"),
    path("publishing/editions/<int:number>/pdf/", editions.proof, name="proof-edition"),
    path("publishing/editions/<int:number>/publish/", editions.publish, name="publish-edition"),
    path("publishing/editions/<int:number>/correct/", editions.correct, name="correct-edition"),
    path("publishing/editions/<int:number>/withdraw/", editions.withdraw, name="withdraw-edition"),
]
