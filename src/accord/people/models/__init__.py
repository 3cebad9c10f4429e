from accord.people.models.nations import Contribution, Nation, NationStatus
from accord.people.models.organisations import Organisation, OrganisationAlias, OrganisationTie, Relation
from accord.people.models.persons import Contact, Identity, Person
from accord.people.models.positions import Pairing, Position, Tour

__all__ = [
    "Contact",
    "Contribution",
    "Identity",
    "Nation",
    "NationStatus",
    "Organisation",
    "OrganisationAlias",
    "OrganisationTie",
    "Pairing",
    "Person",
    "Position",
    "Relation",
    "Tour",
]
