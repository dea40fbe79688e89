"""The menu: the pages in reading order, each a file here and a short address that stays."""

MENU = (
    "overview", "partnerships", "partners", "activities", "outcomes", "associations", "explore",
    "present", "data", "about",
)  # fmt: skip
