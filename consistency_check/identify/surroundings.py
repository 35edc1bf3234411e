"""What the rest of all nodes makes of the keys of a part, so that it is linked as it is within the whole."""

from __future__ import annotations

from collections.abc import Mapping

from consistency_check.identify.identity import Evidence


class Surroundings:
    """What linking asks of the nodes that it does not see; here there are none."""

    abroad: Mapping[str, str] | None = None
    """What `find_abroad` finds among all phones; None to find it among those at hand."""

    @property
    def has_crowds(self) -> bool:
        """Whether anything is crowded: where nothing is, no key has to be asked for."""
        return False

    def is_crowded(self, kind: Evidence, text: str) -> bool:
        """True for a key, a mention or a detail that nodes outside alone make too many people's.

        `kind` is PHONE or CONVERSATION for a key that is borne, CITED_EMAIL, CITED_PHONE (its last digits) or
        REFERENCE (customer ids in texts too) for what is named, the detail's own for a detail in texts.
        """
        return False

    def knows_reference(self, reference: str) -> bool:
        """True for a crowded reference that nodes outside know, so that its digits are no phone's."""
        return False

    def knows_shape(self, shape: str) -> bool | None:
        """Whether references of that shape are known among all; None to learn it from those at hand."""
        return None


ALL = Surroundings()
"""Nothing is outside."""
