"""v2 as it differs from v1."""

ROUTES = {"v2.users": ("list_users", "create_user", "get_user")}
REMOVED = ("get_me",)
