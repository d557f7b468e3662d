"""The pages: each view checks, calls a service or a queryset, and shows."""
