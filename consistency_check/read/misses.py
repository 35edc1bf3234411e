"""Why a candidate was not counted as a claim, in words."""

from __future__ import annotations

from collections.abc import Sequence

from consistency_check.model import Policy
from consistency_check.read.cues import STANCE
from consistency_check.read.scene import Scene
from consistency_check.read.scoring import Weighed, find_bar, list_keys

LITTLE = "too little says that it is about this policy"
UNSURE = "it disagrees with the policy, and is not sure enough for that"
ELSEWHERE = "other words claim it more surely"


def explain_miss(
    scene: Scene, one: Weighed, claims: Sequence[Weighed], policies: Sequence[Policy], min_confidence: float
) -> str:
    """The rival among the reply's claims that took its place, or what speaks against it.

    That is the first cue met in its sentence, else that little speaks for it.
    """
    if one.confidence >= find_bar(one, min_confidence):
        return name_rival(one, claims, policies)
    if one.confidence >= min_confidence:
        return UNSURE
    sentence = scene.sentences[one.candidate.place]
    if sentence.asks:
        return "the agent asks"
    met = (STANCE[found.cue].reason for found in sentence.cues if found.cue < len(STANCE))
    return next(filter(None, met), LITTLE)


def name_rival(one: Weighed, claims: Sequence[Weighed], policies: Sequence[Policy]) -> str:
    """The surest claim that leaves no room for a candidate which is sure enough itself."""
    rival = next(claim for claim in claims if not list_keys(claim).isdisjoint(list_keys(one)))
    if rival.candidate.policy == one.candidate.policy:
        return ELSEWHERE
    return f"the same words are rather a claim about {policies[rival.candidate.policy].id}"
