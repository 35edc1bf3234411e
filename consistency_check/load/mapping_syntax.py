"""Mappings as they are written in YAML: read strictly, every mistake with its place and its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from consistency_check.load.mapping import BY_CUSTOMER, PERSON_FIELDS, UNITS, ExportMap, Rules, TimeField
from consistency_check.load.paths import Field, Lookup, PathError, parse_path
from consistency_check.load.people import Role
from consistency_check.load.sources import InputError
from consistency_check.load.written_times import ORDERS

PARTS = ("speaker", "addressee", "customer", "agent")
_KEYS = (
    "name", "key", "recognise", "files", "records", "iterate", "people", "id", "conversation", "author_role",
    "internal", "events", "bots", *PARTS, "time", "channel", "team", "question", "body", "attributes", "rest",
)  # fmt: skip
_FIELD_KEYS = ("path", "join", "is", "map", "else", "among", "key", "value")
_ASK_ROLE = (
    "write `author_role: {path: NAME, map: {agent: [...], customer: [...]}}` or, where only agents speak, "
    "`author_role: {is: agent}`"
)
_LIMIT = 1024 * 1024


def read_yaml(text: str, path: str) -> yaml.Node | None:
    """The document as nodes that know their places; None where it is empty. Raises InputError.

    Nothing is built from tags, and aliases are refused: they can make a small file endless.
    """
    if len(text) > _LIMIT:
        raise InputError(f"{path}: is longer than {_LIMIT // 1024} KiB; keep mappings alone in it")
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                raise InputError(
                    f"{_place(path, token)}: anchors, aliases and tags are not read; write it out"
                )
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else path
        raise InputError(f"{place}: the YAML is broken: {error.problem}; mend it") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(f"{path}: the YAML cannot be read; write plain keys and values") from error


def _place(path: str, thing: Any) -> str:
    return f"{path}:{thing.start_mark.line + 1}:{thing.start_mark.column + 1}"


class NodeReader:
    """Reads nodes of one file; whatever is not as it should be is raised as InputError with its place."""

    def __init__(self, path: str) -> None:
        self.path = path

    def fail(self, node: yaml.Node, message: str) -> InputError:
        """The error to raise, with the node's place."""
        return InputError(f"{_place(self.path, node)}: {message}")

    def pairs(self, node: yaml.Node, known: Iterable[str] | None, what: str) -> dict[str, yaml.Node]:
        """The entries of a mapping, each key known and there once."""
        if not isinstance(node, yaml.MappingNode):
            raise self.fail(node, f"{what} is no mapping; write `key: value` lines below it")
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = self.text(key_node, "a key")
            if known is not None and key not in (known := tuple(known)):
                close = get_close_matches(key, known, n=1)
                advice = f"did you mean {close[0]!r}?" if close else f"write one of {', '.join(known)}"
                raise self.fail(key_node, f"{what} has no key {key!r}; {advice}")
            if key in found:
                raise self.fail(key_node, f"{what} has the key {key!r} twice; remove one of them")
            found[key] = value
        return found

    def text(self, node: yaml.Node, what: str) -> str:
        """The text of a single value."""
        if not isinstance(node, yaml.ScalarNode):
            raise self.fail(node, f"{what} is no single value; write one text")
        return str(node.value)

    def texts(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        """One text, or a list of them."""
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.text(each, what) for each in node.value)
        return (self.text(node, what),)

    def flag(self, node: yaml.Node, what: str) -> bool:
        """True for yes."""
        word = self.text(node, what).casefold()
        if word not in {"true", "false", "yes", "no"}:
            raise self.fail(node, f"{what} is {word[:40]!r}; write yes or no")
        return word in {"true", "yes"}

    def choice(self, node: yaml.Node, what: str, known: Iterable[str]) -> str:
        """One of the known words."""
        word, known = self.text(node, what), tuple(known)
        if word not in known:
            raise self.fail(node, f"{what} is {word[:40]!r}; write one of {', '.join(known)}")
        return word


def read_mapping(node: yaml.Node, path: str, name: str) -> ExportMap:
    """The mapping that a node describes. Raises InputError, with its place, for whatever is wrong in it."""
    return _MappingReader(path).mapping(node, name)


class _MappingReader(NodeReader):
    def mapping(self, node: yaml.Node, name: str) -> ExportMap:
        given = self.pairs(node, _KEYS, f"the mapping {name!r}")
        if "body" not in given:
            raise self.fail(node, f"the mapping {name!r} has no `body`; write `body: {{text: NAME}}` or html")
        if "author_role" not in given:
            raise self.fail(node, f"the mapping {name!r} has no `author_role`; {_ASK_ROLE}")

        def field(key: str) -> Field:
            return self.field(given[key], f"`{key}`") if key in given else Field()

        def rules(key: str) -> Rules:
            return self.rules(given[key], f"`{key}`") if key in given else ()

        return ExportMap(
            name=self.text(given["name"], "`name`") if "name" in given else name,
            key=self.text(given["key"], "`key`") if "key" in given else "",
            marks=self.marks(given["recognise"]) if "recognise" in given else (),
            files=self.texts(given["files"], "`files`") if "files" in given else (),
            records=tuple(self.text(given["records"], "`records`").split(".")) if "records" in given else (),
            turns=self.path_of(given["iterate"]) if "iterate" in given else None,
            id=field("id"),
            conversation=field("conversation"),
            author_role=self.role(given["author_role"]),
            internal=rules("internal"),
            events=rules("events"),
            bots=rules("bots"),
            directory=self.directory(given["people"]) if "people" in given else ("", ""),
            people={part: self.person(given[part], f"`{part}`") for part in PARTS if part in given},
            time=self.time(given["time"]) if "time" in given else TimeField(),
            channel=field("channel"),
            team=field("team"),
            question=field("question"),
            body=self.body(given["body"]),
            attributes=self.fields(given["attributes"], None, "`attributes`")
            if "attributes" in given
            else {},
            keeps_rest=self.flag(given["rest"], "`rest`") if "rest" in given else False,
        )

    def path_of(self, node: yaml.Node) -> Any:
        try:
            return parse_path(self.text(node, "a path"))
        except PathError as error:
            raise self.fail(node, str(error)) from error

    def field(self, node: yaml.Node, what: str) -> Field:
        """A path, several of which the first that holds something counts, or a mapping with more."""
        if isinstance(node, yaml.ScalarNode):
            text = str(node.value)
            return Field(always=text) if text == BY_CUSTOMER else Field((self.path_of(node),))
        if isinstance(node, yaml.SequenceNode):
            return Field(tuple(self.path_of(each) for each in node.value))
        given = self.pairs(node, _FIELD_KEYS, what)
        if len(given.keys() & {"path", "join", "is"}) != 1:
            raise self.fail(node, f"{what} says not where it stands; write one of `path`, `join` and `is`")
        if "is" in given:
            return Field(always=self.text(given["is"], f"`is` of {what}"))
        where = given.get("path") or given["join"]
        nodes = where.value if isinstance(where, yaml.SequenceNode) else [where]
        return Field(
            tuple(self.path_of(each) for each in nodes),
            self.lookup(node, given, what) if "among" in given else None,
            self.words(given["map"], what) if "map" in given else {},
            self.text(given["else"], f"`else` of {what}") if "else" in given else None,
            joined="join" in given,
        )

    def lookup(self, node: yaml.Node, given: Mapping[str, yaml.Node], what: str) -> Lookup:
        if not {"key", "value"} <= given.keys():
            raise self.fail(node, f"{what} has `among` without `key` and `value`; write both")
        value = given["value"]
        values = value.value if isinstance(value, yaml.SequenceNode) else [value]
        return Lookup(
            self.path_of(given["among"]), self.path_of(given["key"]), tuple(map(self.path_of, values))
        )

    def words(self, node: yaml.Node, what: str) -> dict[str, str]:
        """What is written as `meaning: [words]`, by word in small letters."""
        found: dict[str, str] = {}
        for meaning, words in self.pairs(node, None, f"`map` of {what}").items():
            for word in self.texts(words, f"`{meaning}` of {what}"):
                if word.strip().casefold() in found:
                    raise self.fail(words, f"{word!r} of {what} has two meanings; remove one of them")
                found[word.strip().casefold()] = meaning
        return found

    def role(self, node: yaml.Node) -> Field:
        field = self.field(node, "`author_role`")
        meanings = {*field.words.values(), field.always, field.otherwise or ""} - {""}
        if unknown := sorted(meanings - set(Role)):
            raise self.fail(node, f"{unknown[0]!r} is no role; write one of {', '.join(Role)}")
        return field

    def rules(self, node: yaml.Node, what: str) -> Rules:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(self.rule(each, what) for each in nodes)

    def rule(self, node: yaml.Node, what: str) -> tuple[Field, frozenset[str]]:
        given = self.pairs(node, ("path", "is"), what)
        if len(given) < 2:
            raise self.fail(node, f"{what} is not whole; write `{{path: NAME, is: [WORDS]}}`")
        words = self.texts(given["is"], f"`is` of {what}")
        return Field((self.path_of(given["path"]),)), frozenset(word.strip().casefold() for word in words)

    def fields(self, node: yaml.Node, known: Iterable[str] | None, what: str) -> dict[str, Field]:
        return {name: self.field(each, f"`{name}`") for name, each in self.pairs(node, known, what).items()}

    def person(self, node: yaml.Node, what: str) -> dict[str, Field]:
        """Fields by name; a path alone is the person's name."""
        if not isinstance(node, yaml.MappingNode):
            return {"name": self.field(node, what)}
        return self.fields(node, PERSON_FIELDS, what)

    def directory(self, node: yaml.Node) -> tuple[str, str]:
        given = self.pairs(node, ("file", "key"), "`people`")
        if len(given) < 2:
            raise self.fail(node, "`people` is not whole; write `{file: NAME, key: the field of the id}`")
        return self.text(given["file"], "`file` of `people`"), self.text(given["key"], "`key` of `people`")

    def body(self, node: yaml.Node) -> tuple[tuple[str, Field], ...]:
        return tuple(self.fields(node, ("text", "html"), "`body`").items())

    def marks(self, node: yaml.Node) -> tuple[frozenset[str], ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.fail(
                node, "`recognise` is no list; write the keys that tell the export, as in [[id, body]]"
            )
        return tuple(frozenset(self.texts(each, "`recognise`")) for each in node.value)

    def time(self, node: yaml.Node) -> TimeField:
        if not isinstance(node, yaml.MappingNode):
            return TimeField(self.field(node, "`time`"))
        given = self.pairs(node, ("path", "unit", "order", "zone"), "`time`")
        if "path" not in given:
            raise self.fail(node, "`time` has no `path`; write where the time stands")
        return TimeField(
            self.field(given["path"], "`path` of `time`"),
            self._option(given, "unit", lambda each: self.choice(each, "`unit` of `time`", UNITS))
            or "written",
            self._option(given, "order", lambda each: self.choice(each, "`order` of `time`", ORDERS)),
            self._option(given, "zone", self.zone),
        )

    def zone(self, node: yaml.Node) -> str:
        name = self.text(node, "`zone` of `time`")
        try:
            return ZoneInfo(name).key
        except (OSError, ValueError, KeyError):
            raise self.fail(
                node, f"there is no time zone {name!r}; write a name such as Europe/London"
            ) from None

    def _option(self, given: Mapping[str, yaml.Node], key: str, read: Callable[[yaml.Node], str]) -> str:
        return read(given[key]) if key in given else ""
