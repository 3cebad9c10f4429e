"""Engagements: meetings of advisors with their counterparts, from plan to approved report, and what both sides promise.

Words: *engagement*, *report*, *commitment* (of either side, with owner and due date). Every plan and every conduct
passes the mandate's gate. It does not know training, relief or contributions.
"""
