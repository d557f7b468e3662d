"""Pages under /webhooks/."""
