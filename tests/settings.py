"""The product's settings on a throw-away database of their own."""

import os
from pathlib import Path

os.environ.setdefault("ACCORD_DATA", str(Path(__file__).parents[1] / "build" / "test-db"))

from accord.config.postgres.server import OWNER, SUPERUSER
from accord.config.settings import *  # noqa: F403 (the data folder is named first)
from accord.config.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # strong hashing is slow on purpose
WHITENOISE_AUTOREFRESH = True  # looks a file up when asked, instead of listing all of them for every test client
# One connection, so that a test's transaction holds everything it does. It signs in as the superuser and takes the
# owner's role to make the tables; tests/conftest.py lets it take the application's once they stand.
DATABASES["default"] = DATABASES.pop("owner")
DATABASES["default"]["USER"] = SUPERUSER
DATABASES["default"]["OPTIONS"]["options"] = f"-c role={OWNER}"
DATABASES["default"]["TEST"] = {"NAME": f"test_accord_{os.getpid()}"}  # so that two runs do not meet
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
