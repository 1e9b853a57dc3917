"""How long Hypothesis looks: the same brief look each time here, a long one of its own with
SCAFFOLD_HYPOTHESIS=nightly. SCAFFOLD_EXAMPLES says another number, SCAFFOLD_SHRINK=no shows what fails as it was drawn,
at once; `random_histories/drawing.py` says how one kind of change is looked at alone.
"""

import os

from hypothesis import HealthCheck, Phase, settings

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
settings.register_profile(
    "normal", max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=QUIET
)
settings.register_profile("nightly", max_examples=3000, deadline=None, suppress_health_check=QUIET)
settings.load_profile("nightly" if os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly" else "normal")
if "SCAFFOLD_EXAMPLES" in os.environ:
    settings.register_profile("asked", max_examples=int(os.environ["SCAFFOLD_EXAMPLES"]))
    settings.load_profile("asked")
if os.environ.get("SCAFFOLD_SHRINK") == "no":
    settings.register_profile("unshrunk", phases=[Phase.explicit, Phase.generate])
    settings.load_profile("unshrunk")
