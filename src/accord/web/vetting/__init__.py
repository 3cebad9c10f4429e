"""Vetting: yes or not yet for planners; inside its compartment, the desk and the cases."""
