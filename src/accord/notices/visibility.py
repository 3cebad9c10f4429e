"""A notice is for the one it was sent to."""

from accord.notices.models import Notice
from accord.wall.rule import Own

RULES = {Notice: Own("account")}
