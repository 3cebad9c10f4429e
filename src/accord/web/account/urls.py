from django.urls import path

from accord.web.account import security, sessions

urlpatterns = [
    path("account/security/", security.overview, name="security"),
    path("account/security/passkeys/options/", security.passkey_options, name="passkey-options"),
    path("account/security/passkeys/add/", security.add_passkey, name="add-passkey"),
    path("account/security/passkeys/<uuid:key>/remove/", security.remove_passkey, name="remove-passkey"),
    path("account/security/code-app/", security.code_app, name="code-app"),
    path("account/security/code-app/prepare/", security.prepare_code_app, name="prepare-code-app"),
    path("account/security/code-app/remove/", security.remove_code_app, name="remove-code-app"),
    path("account/security/recovery-codes/", security.recovery_codes, name="recovery-codes"),
    path("account/sessions/", sessions.listing, name="sessions"),
    path("account/sessions/end-others/", sessions.end_others, name="end-other-sessions"),
    path("account/sessions/<uuid:key>/end/", sessions.end, name="end-session"),
]
