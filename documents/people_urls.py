"""Addresses of the keys, workspace and profile pages."""

from django.urls import path

from documents.views import invitation, keys, profile, workspace

urlpatterns = [
    path("keys/", keys.keys, name="keys"),
    path("keys/<uuid:pk>/revoke/", keys.revoke, name="revoke_key"),
    path("profile/", profile.profile, name="profile"),
    path("sessions/<int:pk>/end/", profile.log_out_session, name="log_out_session"),
    path("workspace/", workspace.workspace, name="workspace"),
    path("workspaces/create/", workspace.create, name="create_workspace"),
    path("workspaces/<uuid:pk>/rename/", workspace.rename, name="rename_workspace"),
    path("workspaces/<uuid:pk>/delete/", workspace.delete, name="delete_workspace"),
    path("workspaces/<uuid:pk>/leave/", workspace.leave, name="leave_workspace"),
    path("workspaces/<uuid:pk>/invite/", workspace.invite, name="invite"),
    path("members/<int:pk>/role/", workspace.change_role, name="change_role"),
    path("members/<int:pk>/remove/", workspace.remove, name="remove_member"),
    path("invitations/<uuid:pk>/revoke/", workspace.revoke, name="revoke_invitation"),
    path("invitations/<str:token>/", invitation.follow, name="invitation"),
    path("join/", invitation.join, name="join"),
    path("join/accept/", invitation.accept, name="accept_invitation"),
]
