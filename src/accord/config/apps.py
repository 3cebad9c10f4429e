from django.apps import AppConfig
from django.conf import settings

from accord.kernel.clock import use_zone


class AccordConfig(AppConfig):
    name = "accord.config"
    label = "accord_config"

    def ready(self) -> None:
        # The registry of applications must be complete before contexts can be wired.
        from accord.config.wiring import put_guards, wire  # noqa: PLC0415

        use_zone(settings.TIME_ZONE)
        wire()
        put_guards()
