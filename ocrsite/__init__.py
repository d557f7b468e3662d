"""The Django project: settings, addresses and the WSGI door. Nothing imports it."""
