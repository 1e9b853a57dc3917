"""What changes mean to the clients of an API: verdicts, and the number that follows from them."""

from .addressing import Moved, judge_addressing
from .number import Cut, Judged, Numbering, effect, next_id, number
from .reach import operation_sides, reachable, sides
from .rules import RULES, doing, judge
from .verdicts import Direction, Judgement, Reason, Verdict

__all__ = [
    "RULES",
    "Cut",
    "Direction",
    "Judged",
    "Judgement",
    "Moved",
    "Numbering",
    "Reason",
    "Verdict",
    "doing",
    "effect",
    "judge",
    "judge_addressing",
    "next_id",
    "number",
    "operation_sides",
    "reachable",
    "sides",
]
