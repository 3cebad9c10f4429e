"""The mission itself."""

from accord.mandate.models import Mission


def mission_shown() -> Mission | None:
    """The loaded mission, or None on an empty installation: the frame of every page must render either way."""
    return Mission.objects.select_related("host_government").first()


def rule_clauses() -> dict[str, str]:
    """The clause each rule of the gate cites in this mission."""
    mission = mission_shown()
    return dict(mission.parameters.get("clauses", {})) if mission else {}
