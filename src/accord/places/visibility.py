"""Places are named in public."""

from accord.places.models import Place, PlaceAlias
from accord.wall.rule import Marked, Through

RULES = {Place: Marked(), PlaceAlias: Through("place")}
