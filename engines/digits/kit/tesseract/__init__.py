"""A language of numbers for Tesseract, trained from nothing with Debian's programs."""
