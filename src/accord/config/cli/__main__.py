import sys

from accord.config.cli import main

sys.exit(main())
