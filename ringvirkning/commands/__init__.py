"""The command: its actions by subject, from what was typed to what is said and how it ends.

What is done is done by the other rooms, none of which asks for anything here.
"""
