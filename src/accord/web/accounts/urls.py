from django.urls import path

from accord.web.accounts import inviting, managing, own, tokens, verifying

urlpatterns = [
    path("roles/", managing.roles, name="roles"),
    path("accounts/", managing.listing, name="accounts"),
    path("accounts/new/", inviting.new, name="new-account"),
    path("accounts/verify/", verifying.waiting, name="verify-accounts"),
    path("accounts/<uuid:key>/invitation/", inviting.renew, name="renew-invitation"),
    path("accounts/<uuid:key>/verify/", verifying.verify, name="verify-account"),
    path("accounts/<uuid:key>/role/", managing.grant, name="grant-role"),
    path("accounts/<uuid:key>/lost-device/", managing.lost_device, name="lost-device"),
    path("accounts/<uuid:key>/close/", managing.close, name="close-account"),
    path("accounts/<uuid:key>/tokens/", tokens.of_account, name="account-tokens"),
    path("accounts/roles/<uuid:key>/end/", managing.end_grant, name="end-role"),
    path("invitation/<str:secret>/", inviting.accept, name="invitation"),
    path("account/", own.own, name="account"),
    path("account/password/", own.password, name="change-password"),
    path("account/tokens/", tokens.listing, name="tokens"),
    path("account/tokens/new/", tokens.new, name="new-token"),
    path("account/tokens/<uuid:key>/end/", tokens.end, name="end-token"),
]
