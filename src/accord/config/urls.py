"""Every address, by area; each area keeps its own list."""

from django.urls import include, path

from accord.web import failures

urlpatterns = [
    path("", include("accord.web.home.urls")),
    path("", include("accord.web.account.urls")),
    path("", include("accord.web.mandate.urls")),
    path("", include("accord.web.advising.urls")),
    path("", include("accord.web.register.urls")),
    path("", include("accord.web.publishing.urls")),
    path("", include("accord.web.accounts.urls")),
    path("", include("accord.web.knowing.urls")),
    path("", include("accord.web.vetting.urls")),
    path("", include("accord.web.federation.urls")),
]

handler400 = failures.bad_request
handler403 = failures.forbidden
handler404 = failures.not_found
handler500 = failures.broken
