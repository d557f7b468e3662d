"""The JSON API: one class per URL, its methods are the HTTP methods."""
