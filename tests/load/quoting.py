"""The mails of quoting.yaml: each client with each reply, and what must be left of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as its client sends it, and the words that its author wrote."""

    client: str
    reply: str
    text: str
    own: str


def make_mails() -> Iterator[Mail]:
    """Every client with every reply that can be written in it, and each reply without a quote."""
    given: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("quoting.yaml").read_text("utf-8"))
    for reply in given["replies"]:
        yield Mail("no quote", reply["name"], reply["text"], reply["text"])
        for client in given["clients"]:
            where = reply.get("where", "top")
            if where == "top" or client["style"] == "arrows":
                text = _write(where, reply["text"], client, given["original"])
                yield Mail(client["name"], reply["name"], text, reply["text"])


def _write(where: str, own: str, client: dict[str, str], original: str) -> str:
    lines = original.split("\n")
    if client["style"] == "arrows":
        lines = [f"> {line}" if line else ">" for line in lines]
    mark = client["mark"]
    if where == "top":
        return "\n".join([own, "", mark, *lines])
    if where == "bottom":
        return "\n".join([mark, *lines, "", own])
    first, *rest = own.split("\n", 1) if where == "interleaved" else own.rsplit("\n", 2)
    if where == "interleaved":
        return "\n".join([mark, *lines[:2], "", first, "", lines[2], "", *(part.strip() for part in rest)])
    return "\n".join([first, "", mark, *lines[:2], rest[0], *lines[2:3], rest[1], *lines[3:]])
