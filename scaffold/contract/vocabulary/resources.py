"""Changes of resources and of how they relate."""

from __future__ import annotations

from ..changes import AddResource, ChangeField, RemoveResource, RenameType
from .row import Bridge, Row

RESOURCES: tuple[Row, ...] = (
    Row(
        title="add a resource",
        written="add: Order",
        classes=(AddResource,),
        bridge=(Bridge.LOSSLESS,),
        up="404",
        down="404",
        storage="a table",
        golden="calls",
    ),
    Row(
        title="remove a resource",
        written="remove: Order",
        classes=(RemoveResource,),
        bridge=(Bridge.LOSSLESS,),
        up="goes on working",
        down="goes on working",
        storage="the table stays until the last version that shows it is dropped",
        golden="calls",
    ),
    Row(
        title="rename a resource",
        written="rename: User",
        classes=(RenameType,),
        when=lambda a: isinstance(a.change, RenameType) and a.change.name in a.before.resources,
        bridge=(Bridge.LOSSLESS,),
        up="each version has its own paths",
        down="links have the caller's own paths",
        storage="nothing: the new name stands for the old table",
        golden="calls",
    ),
    Row(
        title="split or merge resources",
        written="split: User",
        bridge=(Bridge.POLICY,),
        policies=("key",),
        up="written to each in one transaction",
        down="joined",
        storage="a table, filled from the other",
        out="two tables behind one resource want a join for every read, filter and page",
    ),
    Row(
        title="embed a referenced object, or refer to an embedded one",
        written="change: Order.customer",
        bridge=(Bridge.LOSSLESS,),
        up="by look-up",
        down="by look-up",
        storage="a foreign key",
        out="converters are pure: what needs another row needs I/O",
    ),
    Row(
        title="change how many a relation leads to",
        written="change: Order.customer",
        bridge=(Bridge.POLICY,),
        policies=("pick",),
        up="as one to many",
        down="as many to one",
        storage="a table between the two",
        out="relations are stored as identifiers; a table between two resources is not made yet",
    ),
    Row(
        title="change the type of an identifier",
        written="change: User.id",
        classes=(ChangeField,),
        when=lambda a: isinstance(a.change, ChangeField) and a.change.keep is not None,
        bridge=(Bridge.LOSSLESS,),
        policies=("keep",),
        up="either form finds the row",
        down="the form that the version has; rows that are born later get one too",
        storage="a second unique column",
        golden="identifiers",
    ),
)
