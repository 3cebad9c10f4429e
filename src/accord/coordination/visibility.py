"""The mission reads the whole calendar, the host what takes the time of its own, partners their own plans."""

from accord.coordination.models import Booking, BookingClaim
from accord.coordination.permissions import Permission
from accord.wall.rule import Marked, May, OnSide, ThroughAny, Within

MISSION = OnSide(("mission",))

RULES = {
    Booking: Marked()
    & May(Permission.READ_CALENDAR)
    & (MISSION | (OnSide(("partner",)) & Within("owner")) | (OnSide(("host",)) & ThroughAny("claims"))),
    BookingClaim: MISSION | Within("organisation"),
}
