"""Pages under /sources/."""
