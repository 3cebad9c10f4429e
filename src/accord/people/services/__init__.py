"""Keeping the register."""

from accord.people.services.compartments import let_into_compartment
from accord.people.services.organisations import add_alias, add_organisation, place_organisation, rename_organisation
from accord.people.services.persons import give_account, register_person
from accord.people.services.positions import begin_tour, end_tour, open_position, pair_positions, unpair_positions

__all__ = [
    "add_alias",
    "add_organisation",
    "begin_tour",
    "end_tour",
    "give_account",
    "let_into_compartment",
    "open_position",
    "pair_positions",
    "place_organisation",
    "register_person",
    "rename_organisation",
    "unpair_positions",
]
