from django.urls import path

from accord.web.home import entry, session, views

urlpatterns = [
    path("", views.home, name="home"),
    path("notices/", views.notices, name="notices"),
    path("sign-in/", entry.sign_in, name="sign-in"),
    path("sign-in/second-step/", entry.second_step, name="second-step"),
    path("sign-in/passkey/", entry.passkey, name="passkey-sign-in"),
    path("sign-in/challenge/", entry.challenge, name="passkey-challenge"),
    path("account/prove/", entry.prove_again, name="prove"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("language/", session.language, name="language"),
    path("theme/", session.theme, name="theme"),
    path("as-of/", session.as_of, name="as-of"),
]
