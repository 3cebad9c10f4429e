"""Organisations and nations are named in public; posts and persons as they are marked, contact data to few."""

from accord.people.models import (
    Contact,
    Contribution,
    Identity,
    Nation,
    NationStatus,
    Organisation,
    OrganisationAlias,
    OrganisationTie,
    Pairing,
    Person,
    Position,
    Relation,
    Tour,
)
from accord.people.permissions import Permission
from accord.wall.rule import Marked, May, OnSide, Own, OwnPost, Through

PERSONAL = May(Permission.READ_CONTACTS) & OnSide(("mission",)) & Through("person")

RULES = {
    Nation: Marked(),
    NationStatus: Through("nation"),
    Contribution: Through("nation"),
    Organisation: Marked(),
    OrganisationAlias: Through("organisation"),
    OrganisationTie: Through("child") & Through("parent"),
    Relation: Marked() & Through("subject") & Through("target"),
    Person: Marked() | Own("account"),
    Identity: PERSONAL,
    Contact: PERSONAL,
    Position: Marked() | OwnPost("id"),
    Tour: Through("person") & Through("position"),
    Pairing: Through("advisor") & Through("counterpart"),
}
