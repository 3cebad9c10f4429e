"""What a web server calls. Holding the database here keeps it up as long as any worker lives."""

import os

from django.core.wsgi import get_wsgi_application

from accord.config import postgres

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")
postgres.ensure_running()
application = get_wsgi_application()
