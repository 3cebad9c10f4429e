"""Where the software looks for itself, past every rule about the reader; and that every table has a rule."""

import ast
from collections.abc import Iterator
from importlib import import_module

from django.apps import apps

from tests.architecture.source import called_name, modules
from tests.wall.rows import OURS

# Every caller of ``house``, each for its reason. Whoever adds one says here what it may show and to whom.
LOOKS_FOR_ITSELF = {
    "accord.config.cli.entry._dispatch": "a command is the owner's, on his own machine",
    "accord.web.presence.who_is_here": "it must be known who is there before it is known what he may see",
    "accord.web.home.entry.open_session": "somebody signs in: his account is looked up and his session begins",
    "accord.people.queries.actors.actor_for": "roles, posts and markings make the actor",
    "accord.people.queries.accounts.enters": "an account closes with its last tour, whatever that is marked",
    "accord.people.queries.reading._reader": "a steward asks who can read a record: another's roles and markings",
    "accord.access.queries.invitations.invited": "a link is found by its keyed hash, before its holder is known",
    "accord.mandate.facts.facts_on": "the gate judges by all registers, whoever asks, and tells clauses and no records",
    "accord.access.backends.authenticate": "an account by its name and password",
    "accord.access.queries.compartments.manages_compartments": "whoever manages grants is let into nothing",
    "accord.audit.stored.whole_trail": "all entries are counted and hashed alike, and none is shown",
    "accord.access.queries.compartments.as_steward": "a steward reads the names of those in his compartments",
    "accord.publishing.register.load": "the fact sheet counts what is public and shows figures",
}
MANY = {
    "accord.access.services.sessions": "sessions are found by their keyed hash, before their holder is known",
    "accord.access.services.tries": "tries are counted for names that may not exist",
    "accord.access.queries.credentials": "what an account signs in with: how many, never the secrets",
    "accord.access.queries.identities": "an identity from elsewhere leads to an account, and who verifies sees which",
    "accord.access.queries.entering": "what an account needs to sign in, before anybody has",
}


def test_the_software_looks_for_itself_in_few_known_places() -> None:
    found = set(_callers())
    known = {name for name in found if name.rpartition(".")[0] in MANY}
    assert found - known == set(LOOKS_FOR_ITSELF)
    assert {name.rpartition(".")[0] for name in known} == set(MANY)


def _callers() -> Iterator[str]:
    for module in modules():
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef) and function.name != "house":
                names = (called_name(node) for node in ast.walk(function) if isinstance(node, ast.Call))
                if "house" in names:
                    yield f"{module.name}.{function.name}"


def test_every_model_has_a_rule_in_its_own_context() -> None:
    for context in apps.get_app_configs():
        models = {model for model in OURS if model._meta.app_config is context}
        if models:
            assert set(import_module(f"{context.name}.visibility").RULES) == models
