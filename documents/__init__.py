"""The only Django app: everything between an upload and its result."""
