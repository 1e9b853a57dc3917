"""v1 as it differs from nothing."""

ROUTES = {"v1.users": ("list_users", "create_user", "get_me", "get_user", "update_user", "delete_user", "verify_user")}
REMOVED = ()
