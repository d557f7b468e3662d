"""Every write, one module a noun; views, tasks, API and commands come through here."""
