"""What runs inside worker processes: one django-q cluster of one worker each."""
