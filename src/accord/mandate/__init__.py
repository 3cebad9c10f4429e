"""Why the mission may do anything at all: request, invitation, decision, consent, control status, areas, posture.

Words: *mandate version* (what the mission may do, in force between two days), *accord* (the host government's consent,
agreed by both sides), *control status* (an institution is under the government's direct control), *area*, *posture*,
*the gate* (one function that answers: may this activity happen on this day?). Nothing below or above it decides that.
"""
