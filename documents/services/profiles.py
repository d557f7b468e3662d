"""How a user likes the product: language, time, the workspace they work in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser

from documents.models import Profile, Workspace


def change_profile(user: AbstractBaseUser, **likings: str) -> None:
    """Set some of language, time_zone, date_order and theme."""
    Profile.objects.filter(user=user).update(**likings)


def prefer_language(user: AbstractBaseUser, code: str) -> None:
    user.profile.language = code
    user.profile.save(update_fields=["language"])


def enter_workspace(user: AbstractBaseUser, workspace: Workspace) -> None:
    """From now on *user* sees and uploads in *workspace*."""
    user.profile.workspace = workspace
    user.profile.save(update_fields=["workspace"])


def end_session(session: UserSession) -> None:
    """Log the browser of *session* out."""
    session.end()
