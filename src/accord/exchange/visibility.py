"""What the loader remembers of the mission's files is its own."""

from accord.exchange.models import LoadedRecord
from accord.wall.rule import Nobody

RULES = {LoadedRecord: Nobody()}
