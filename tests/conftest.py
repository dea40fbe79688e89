"""What holds for every test: a fixed date, no one's own settings, nothing written to var/."""

import os
import tempfile

import pytest
from hypothesis import settings

# Before any of our modules is imported, since one may read these as it loads.
for name in [name for name in os.environ if name.startswith("RINGVIRKNING_")]:
    del os.environ[name]
os.environ.pop("SURFACE", None)
VAR = tempfile.TemporaryDirectory(prefix="ringvirkning-var-", ignore_cleanup_errors=True)
os.environ["RINGVIRKNING_VAR"] = VAR.name
os.environ["RINGVIRKNING_AS_OF"] = "2026-11-23"

# The same examples every time, so that a red test is red again; HYPOTHESIS=long looks for new ones.
settings.register_profile("short", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS", "short"))


def pytest_unconfigure(config: pytest.Config) -> None:
    VAR.cleanup()
