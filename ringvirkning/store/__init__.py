"""What is kept in `var/`: versions and their history, the key, the audit log, backups.

It knows neither spreadsheets nor pages.
"""
