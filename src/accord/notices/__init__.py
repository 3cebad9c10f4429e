"""Messages to people, queued with the change that causes them.

A notice says that something happened and links to it; its words are kept in every language of the installation.
"""
