"""Reading the mandate, as of a day."""

from accord.mandate.queries.mission import mission_shown

__all__ = ["mission_shown"]
