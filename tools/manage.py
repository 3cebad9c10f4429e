"""Django's own commands, for developers, on a running database: python tools/manage.py shell"""

import os
import sys

from django.core.management import execute_from_command_line

from accord.config import postgres

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")
    postgres.ensure_running()
    execute_from_command_line(sys.argv)
