"""A first file of a topic, with a comment wherever something can be chosen."""

from __future__ import annotations

from consistency_check.policies.shape import NAME

STARTER = """\
# What customers are told about @words. Check it with `consistency-check policies check`, and try the
# examples with `consistency-check policies test`. Every text may stand in "double quotes"; one that holds
# `: ` or ` #`, or begins with a sign such as `{` or `[`, must.
topic: @topic
title: @title
owner: who to ask about these policies      # shown in reports
questions:                                  # how customers ask about the topic, in their own words
  - I have a question about @words.
keywords: ["@words"]

policies:
  answer_time:                              # the id is @topic.answer_time
    statement: Questions about @words are answered within {value}.
    type: duration      # duration money percent number date time yes_no choice contact text
    value: 2 business days                  # `any` where there is no fixed answer; or from a day on:
    # value:
    #   2026-01-01: 3 business days
    #   2026-07-01: 2 business days
    questions:
      - How soon will I get an answer about @words?
    phrasings:                              # other ways in which agents say it
      - we answer questions about @words within {value}
    # exceptions:                           # the one with most attributes wins, then the first
    #   - when: {tier: gold}                # attributes and their words stand in attributes.yaml
    #     value: 1 business day
    severity: medium                        # low, medium, high or critical
    favours: lower                          # which is better for the customer: higher or lower
    source: where the policy is written down
    examples:                               # run by `consistency-check policies test`
      agrees: ["We answer questions about @words within two working days."]
      conflicts: ["We answer questions about @words within three weeks."]
      silent: ["Thank you for your message."]
"""


def write_starter(topic: str) -> str:
    """The text of a topic's first file, which loads and passes lint; raises ValueError with a remedy."""
    if not NAME.fullmatch(topic):
        raise ValueError(
            f"{topic!r} is part of an id; write it with letters, digits and `_`, as in late_fees"
        )
    words = topic.replace("_", " ").replace("-", " ").strip()
    filled = {"@topic": topic, "@title": f'"{words[:1].upper()}{words[1:]}"', "@words": words}
    text = STARTER
    for mark, word in filled.items():
        text = text.replace(mark, word)
    return text
