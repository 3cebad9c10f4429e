"""Django settings. Everything a mission may want to change comes from the environment; see docs/configuration.md."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from accord.config import postgres
from accord.config.demonstration import DEMONSTRATION as DEMONSTRATION_ACCOUNTS
from accord.config.logs import logging_settings

PACKAGE = Path(__file__).resolve().parents[1]
DATA_FOLDER = postgres.data_folder()

DEBUG = os.environ.get("ACCORD_DEBUG") == "1"
SECRET_KEY = postgres.secret_key(DATA_FOLDER)
ALLOWED_HOSTS = os.environ.get("ACCORD_HOSTS", "127.0.0.1 localhost [::1]").split()
DEMONSTRATION = DEMONSTRATION_ACCOUNTS if os.environ.get("ACCORD_DEMONSTRATION") == "1" else None
BEHIND_HTTPS = os.environ.get("ACCORD_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "accord.audit",
    "accord.access",
    "accord.notices",
    "accord.places",
    "accord.people",
    "accord.vetting",
    "accord.mandate",
    "accord.objectives",
    "accord.coordination",
    "accord.advising",
    "accord.publishing",
    "accord.exchange",
    "accord.web",
    "accord.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "accord.config.browser.BrowserWall",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "accord.config.wall.PublicStanding",
    "accord.config.zone.MissionZone",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "accord.config.browser.Bounds",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "accord.config.urls"
WSGI_APPLICATION = "accord.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["accord.access.backends.Accounts"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CSRF_FAILURE_VIEW = "accord.web.failures.expired"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"

DATABASES = postgres.django_settings(DATA_FOLDER)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "accord.web.jinja.environment"},
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("ACCORD_TIME_ZONE", "Asia/Baghdad")

STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "accord.config.static.CollectedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}

# The browser's wall: nothing from elsewhere, nothing inline, no frame around us, no form to anybody else, and no text
# becomes part of a page except through the one policy of trusted.js. config.browser adds what stands beside it.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "accord.access.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12  # one working day, then everybody signs in again
SESSION_IDLE_AGE = 60 * 30  # without a request
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_HTTPS
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
ONLY_THIS_HOST = "__Host-" if BEHIND_HTTPS else ""  # then no other host of the same domain can set such a cookie
SESSION_COOKIE_NAME = f"{ONLY_THIS_HOST}sessionid"
CSRF_COOKIE_NAME = f"{ONLY_THIS_HOST}csrftoken"
LANGUAGE_COOKIE_NAME = f"{ONLY_THIS_HOST}django_language"
THEME_COOKIE_NAME = f"{ONLY_THIS_HOST}theme"
AS_OF_COOKIE_NAME = f"{ONLY_THIS_HOST}as_of"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Only from these peers is X-Forwarded-For believed: addresses or networks of the web servers in front.
ACCORD_PROXIES = os.environ.get("ACCORD_PROXIES", "").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("ACCORD_ORIGINS", "").split()
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

# Without a mail server nothing is sent; whoever invites hands the link over himself.
EMAIL_HOST = os.environ.get("ACCORD_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("ACCORD_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("ACCORD_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ACCORD_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("ACCORD_MAIL_SECURITY", "starttls") == "starttls"
EMAIL_USE_SSL = os.environ.get("ACCORD_MAIL_SECURITY") == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("ACCORD_MAIL_FROM", EMAIL_HOST_USER)

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = logging_settings(os.environ.get("ACCORD_SYSLOG", ""))

# What each role may do is declared in config.roles; access finds it by this path, so that it need not import upward.
ACCORD_ROLES = "accord.config.roles.ROLES"
ACCORD_TAKES_TWO = "accord.config.roles.TAKES_TWO"
ACCORD_SCOPES = "accord.config.roles.SCOPES"
# The register of personal data; the page finds it by this path for the same reason.
ACCORD_PERSONAL_DATA = "accord.config.privacy.holdings"

# Who else may vouch for a person: docs/identity-providers.md. A secret may come from the environment or from a file.
IDENTITY_PROVIDERS = Path(os.environ.get("ACCORD_IDENTITY_PROVIDERS") or DATA_FOLDER / "identity-providers.toml")
CLIENT_SECRETS = {
    name.removeprefix("ACCORD_CLIENT_SECRET_"): value
    for name, value in os.environ.items()
    if name.startswith("ACCORD_CLIENT_SECRET_")
}
