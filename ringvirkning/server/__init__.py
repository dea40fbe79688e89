"""What stands between browsers and pages: who is let in, what passes, what is handed out and noted.

Nothing is drawn here.
"""
