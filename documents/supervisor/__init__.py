"""What `manage.py up` is made of: first steps, web server, workers, the watch."""
