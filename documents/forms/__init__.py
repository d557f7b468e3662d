"""What the pages ask of their users, and its checking."""
