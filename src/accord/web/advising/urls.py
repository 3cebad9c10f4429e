from django.urls import path

from accord.web.advising import engagements, planning, reporting

urlpatterns = [
    path("engagements/", engagements.listing, name="engagements"),
    path("engagements/plan/", planning.plan, name="plan-engagement"),
    path("engagements/plan/verdict/", planning.verdict, name="plan-verdict"),
    path("engagements/<uuid:key>/", engagements.detail, name="engagement"),
    path("engagements/<uuid:key>/change/", planning.change, name="change-engagement"),
    path("engagements/<uuid:key>/held/", engagements.held, name="held-engagement"),
    path("engagements/<uuid:key>/cancel/", engagements.cancel, name="cancel-engagement"),
    path("engagements/<uuid:key>/report/", reporting.write, name="write-report"),
    path("engagements/<uuid:key>/judge/", reporting.judge, name="judge-report"),
    path("commitments/", engagements.promises, name="commitments"),
    path("commitments/<uuid:key>/", engagements.settle, name="settle-commitment"),
]
