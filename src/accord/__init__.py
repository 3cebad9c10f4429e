"""Accord: the mission system for non-combat advisory, training and capacity-building missions."""

__version__ = "0.1.0"
