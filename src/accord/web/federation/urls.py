from django.urls import path

from accord.web.federation import linking, logout, signing

urlpatterns = [
    path("sign-in/with/<slug:code>/", signing.begin, name="federated-sign-in"),
    path("sign-in/with/<slug:code>/back/", signing.returned, name="federated-return"),
    path("sign-out/from/<slug:code>/", logout.ordered, name="back-channel-logout"),
    path("account/identities/", linking.own, name="identities"),
    path("account/identities/link/<slug:code>/", linking.begin, name="link-identity"),
    path("account/identities/confirm/", linking.confirm, name="confirm-identity"),
    path("account/identities/<uuid:key>/unlink/", linking.unlink, name="unlink-identity"),
    path("accounts/<uuid:key>/identity/", linking.assign, name="assign-identity"),
]
