"""Write the lock files: versions and hashes for every platform, no address."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILE = [
    *[sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"],
    *["--generate-hashes", "--no-annotate", "--no-header", "--quiet", *sys.argv[1:]],
]


def main() -> None:
    """What runs is a part of what is developed with, so that both have the same versions."""
    both = ["--extra", "build", "--extra", "dev", "--output-file", "requirements-dev.txt"]
    subprocess.run([*COMPILE, *both], cwd=ROOT, check=True)
    run = ["--extra", "build", "--constraints", "requirements-dev.txt", "--output-file", "requirements.txt"]
    subprocess.run([*COMPILE, *run], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
