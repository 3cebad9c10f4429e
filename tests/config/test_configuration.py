import re

from tests.architecture.source import PACKAGE, ROOT, modules


def test_every_setting_from_the_environment_is_documented() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "configuration.md").read_text(), re.MULTILINE))
    config = [module for module in modules() if PACKAGE / "config" in module.path.parents]
    read = {name for m in config for name in re.findall(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"", m.text)}
    assert read == documented


def test_only_config_reads_the_environment() -> None:
    assert not [m.name for m in modules() if "os.environ" in m.text and PACKAGE / "config" not in m.path.parents]
