"""Where the database is: an external server named by DATABASE_URL, or the embedded one in the data folder.

Importing this starts nothing. A process that needs the database calls `ensure_running()` once.
"""

from accord.config.postgres.errors import DatabaseTrouble
from accord.config.postgres.folder import data_folder, ensure_secret_key, secret_key
from accord.config.postgres.settings import application_role, django_settings, ensure_running

__all__ = [
    "DatabaseTrouble",
    "application_role",
    "data_folder",
    "django_settings",
    "ensure_running",
    "ensure_secret_key",
    "secret_key",
]
