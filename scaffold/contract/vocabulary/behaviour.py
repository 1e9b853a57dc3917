"""Changes that no document shows."""

from __future__ import annotations

from ..changes import ChangeBehaviour, CustomType
from .row import Bridge, Row

BEHAVIOUR: tuple[Row, ...] = (
    Row(
        title="behave otherwise",
        written="behaviour: strict_rounding",
        classes=(ChangeBehaviour,),
        bridge=(Bridge.HOOK,),
        up="the handler asks for the flag by its name, never for a version",
        down="as it is",
        golden="whole",
    ),
    Row(
        title="more data, less waiting, a mistake put right that was never promised",
        written="",
        bridge=(Bridge.LOSSLESS,),
        up="as it is",
        down="as it is",
        out="no contract says it, so there is nothing to declare; a `note` of the version tells people",
    ),
    Row(
        title="anything else, by hand",
        written="custom: Order",
        classes=(CustomType,),
        bridge=(Bridge.HOOK,),
        policies=("up", "down", "lossless"),
        up="the hook `up`, of all single values of the object at once",
        down="the hook `down`; what an old client wrote word for word until it changes",
        storage="new columns, filled by the migration; the old ones are written along",
        golden="hooks",
    ),
)
