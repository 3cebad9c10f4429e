"""Governorates, cities and sites: where things happen, under every spelling people use.

A place knows its parent and its names; whether work may be done there is the mandate's business.
"""
