"""Words that tell how a time belongs to a truce: from, until, later, further."""

from __future__ import annotations

import re

FROM = re.compile(
    r"(?:\b(?:from|as of|since|effective|starting|beginning|commencing|begins?|began|starts?|"
    r"started|takes? effect|"
    r"took effect|(?:come|came|comes|go|went|goes|enter|entered|enters|put)(?:\s+in)?to (?:force|effect))\s*"
    r"(?:(?:at|on|from|in|about|around|the)\s+)*)$",
    re.IGNORECASE,
)
UNTIL = re.compile(
    r"\b(?:until|till|through|up to|by|last(?:ing)? to|to run to|ends?|ending|ended|expires?|"
    r"expired|expiring)\s+"
    r"(?:(?:at|on|about|around|the|end of)\s+)*$",
    re.IGNORECASE,
)
#: Words of a length that is added to a truce, not its own.
FURTHER = re.compile(r"\b(?:another|further|additional|extra|more|extend\w*)\b", re.IGNORECASE)
LATER = re.compile(
    r"\b(?:will|would|to|shall|should|due to|set to)\s+(?:\w+\s+){0,2}(?:begin|start|take effect|"
    r"come into|go into|enter|be implemented)\b|\b(?:starting|beginning|effective)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(?:after|before|since|following|until|into)\s+(?:the\s+|a\s+|its\s+)?(?:[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
#: Words for a place where people or aid pass.
CROSSING = re.compile(
    r"\b(?:crossings?|corridors?|checkpoints?|check-?posts?|passages?|gates?|exits?|border posts?|"
    r"crossing points?|entry points?)\b",
    re.IGNORECASE,
)
