from django.urls import path

from accord.web.home import session, views

urlpatterns = [
    path("", views.home, name="home"),
    path("notices/", views.notices, name="notices"),
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("language/", session.language, name="language"),
    path("theme/", session.theme, name="theme"),
    path("as-of/", session.as_of, name="as-of"),
]
