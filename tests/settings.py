"""The product's settings on a throw-away database of their own."""

import os
from pathlib import Path

os.environ.setdefault("ACCORD_DATA", str(Path(__file__).parents[1] / "build" / "test-db"))

from accord.config.settings import *  # noqa: F403 (the data folder is named first)
from accord.config.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # strong hashing is slow on purpose
WHITENOISE_AUTOREFRESH = True  # looks a file up when asked, instead of listing all of them for every test client
DATABASES["default"]["TEST"] = {"NAME": f"test_accord_{os.getpid()}"}  # so that two runs do not meet
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
