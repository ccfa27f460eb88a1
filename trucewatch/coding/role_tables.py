"""Which roles the subject and the object of an event of each type play, and the words that decide."""

from __future__ import annotations

#: What the subject and the object of an event of each type are; a type outside is read as violence is.
SUBJECT_ROLE: dict[str, str] = {
    **dict.fromkeys(
        (
            "movement_gathered",
            "movement_arrived",
            "movement_crossed",
            "movement_left",
            "evacuation",
            "displacement",
            "return",
            "crowd_dispersed",
            "medical_evacuation",
        ),
        "mover",
    ),
    **dict.fromkeys(("truce_declared", "truce_extended", "truce_proposed", "truce_ended", "proposal"), "announcer"),
    **dict.fromkeys(("clash", "talks", "agreement", "prisoner_exchange"), "party"),
    **dict.fromkeys(("casualties", "death_of_wounds"), "victim"),
}
OBJECT_ROLE: dict[str, str] = {
    **dict.fromkeys(("evacuation", "medical_evacuation", "displacement", "release", "movement_left"), "mover"),
    **dict.fromkeys(
        ("demand", "truce_rejected", "truce_renounced", "accusation", "threat", "condemnation"), "addressee"
    ),
    **dict.fromkeys(("clash", "talks", "agreement", "prisoner_exchange"), "party"),
    **dict.fromkeys(("casualties", "death_of_wounds", "execution"), "victim"),
    **dict.fromkeys(("truce_declared", "truce_extended", "truce_started", "truce_accepted", "truce_ended"), "party"),
}
ARMED = ("state_forces", "rebel_group", "militia", "government", "unknown")
VIOLENT = (
    "attack",
    "shelling",
    "air_strike",
    "drone_strike",
    "missile_strike",
    "explosion",
    "suicide_bombing",
    "landmine",
    "shooting",
    "sniper_fire",
    "clash",
    "chemical_attack",
    "abduction",
    "execution",
    "torture",
    "territory_captured",
    "territory_lost",
    "advance",
    "siege",
)
#: Types without anybody who does it.
NOBODY = ("calm", "truce_started")
CASUALTY = (
    "kill",
    "wound",
    "injure",
    "die",
    "slay",
    "maim",
    "hurt",
    "martyr",
    "behead",
    "execute",
    "murder",
)
LIGHT = (
    "launch",
    "carry",
    "conduct",
    "stage",
    "mount",
    "make",
    "wage",
    "commit",
    "open",
    "unleash",
    "perpetrate",
    "begin",
    "start",
    "resume",
    "continue",
    "renew",
    "hold",
    "announce",
    "declare",
    "execute",
    "perform",
    "fire",
    "order",
)
AGENT_CASES = ("by", "from")
RECIPROCAL = ("between", "with", "against", "and", "among")
