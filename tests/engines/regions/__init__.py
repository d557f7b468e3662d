"""Reading regions: on pages drawn for the purpose, by the real engines."""
