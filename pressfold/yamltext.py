"""YAML as text: every scalar is read as a string with its line, and written in literal UTF-8.

YAML 1.1 would read `lang: no` as false and `010` as 8; the schema decides what a value is, not its spelling.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from pressfold import plainyaml
from pressfold.problem import refuse

if TYPE_CHECKING:
    import yaml


@cache
def _libyaml() -> Any:
    """PyYAML, loaded when the first text is read; with it a loader that finds no types, which the schema does."""
    import yaml

    class Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # libyaml, where it is there
        """libyaml would ask Python three times for each node."""

        def resolve(self, *_: Any) -> str:
            return ""

        def descend_resolver(self, *_: Any) -> None:
            pass

        def ascend_resolver(self) -> None:
            pass

    return yaml, Loader


class Value(msgspec.Struct, frozen=True):
    """A string, a list or a mapping, and the line where it (in a mapping: its key) stands."""

    data: "str | list[Value] | dict[str, Value]"
    line: int


def load(text: str, path: str, first_line: int = 1) -> Value:
    """Read one YAML document; `first_line` is the line of the file on which the text begins.

    Raises Problems for broken YAML, a key given twice, an alias or a key that is not a word.
    """
    plain = plainyaml.read(text)
    if plain is not None:
        return Value({key: _entry(first_line + line, said) for key, (line, said) in plain.items()}, first_line)
    yaml, loader = _libyaml()
    try:
        if _SUSPECT.search(text) or text.count("[") + text.count("{") > _DEEPEST:
            _check_depth(text, path, first_line)
        node = yaml.compose(text, Loader=loader)
        if not node:
            return Value({}, first_line)
        return Value(_data(node, path, first_line, set()), first_line + node.start_mark.line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise refuse(
            path, line, f"not YAML: {error.problem or error.context}", "quote a text that holds ': ' or '#'"
        ) from None
    except yaml.YAMLError as error:
        raise refuse(path, first_line, f"not YAML: {str(error).splitlines()[0]}") from None
    except RecursionError:
        raise refuse(path, first_line, "not YAML: nested too deeply") from None


def _entry(line: int, said: str | list[str] | dict[str, str]) -> Value:
    if isinstance(said, str):
        return Value(said, line)
    if isinstance(said, list):
        return Value([Value(item, line) for item in said], line)
    return Value({key: Value(item, line) for key, item in said.items()}, line)


_DEEPEST = 60  # levels; libyaml's composer recurses in C, and would take the whole process down with it
_SUSPECT = re.compile(rf"^[ \t?:-]{{{_DEEPEST}}}", re.MULTILINE)


def _check_depth(text: str, path: str, first_line: int) -> None:
    yaml, loader = _libyaml()
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            line = event.start_mark.line if event.start_mark else 0
            raise refuse(path, first_line + line, "not YAML: nested too deeply")


def _data(node: "yaml.Node", path: str, first_line: int, seen: set[int]) -> str | list[Value] | dict[str, Value]:
    if id(node) in seen:  # an alias; refused, for a few lines of them can unfold to gigabytes
        line = first_line + node.start_mark.line
        raise refuse(path, line, "YAML aliases (*name) are not supported", "write the value out")
    seen.add(id(node))
    yaml, _ = _libyaml()
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [Value(_data(item, path, first_line, seen), first_line + item.start_mark.line) for item in node.value]
    entries: dict[str, Value] = {}
    for key, item in node.value:
        line = first_line + key.start_mark.line
        if not isinstance(key, yaml.ScalarNode):
            raise refuse(path, line, "a key must be a word")
        if key.value in entries:
            raise refuse(path, line, f"the key {key.value!r} is given twice", "keep one of them")
        entries[key.value] = Value(_data(item, path, first_line, seen), line)
    return entries


class Bare(str):
    """A string that is written without quotes although YAML 1.1 would type it: a date, a truth value."""

    __slots__ = ()


Plain = str | Sequence["Plain"] | Mapping[str, "Plain"]


def alike(one: Plain, other: Plain) -> bool:
    """Whether two values say the same; nothing, an empty text and an empty list are alike."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other or (not one and not other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, Mapping) or isinstance(other, Mapping):
        return not one and not other
    return len(one) == len(other) and all(map(alike, one, other))


def dump(fields: Mapping[str, Plain]) -> str:
    """Write a mapping of strings, lists and mappings: a key a line, nested values in flow style."""
    if not fields:
        return ""
    yaml, _ = _libyaml()
    node = _node(fields)
    node.flow_style = False
    # Python's own emitter: libyaml's escapes everything beyond the Basic Multilingual Plane.
    return str(yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=2**31))


def _node(value: Plain) -> Any:
    yaml, _ = _libyaml()
    if isinstance(value, str):
        tag = (
            yaml.resolver.Resolver().resolve(yaml.ScalarNode, value, (True, False))
            if isinstance(value, Bare)
            else "tag:yaml.org,2002:str"
        )
        breaks = any(ch in value for ch in "\x85\u2028\u2029")  # line ends for YAML: written as escapes
        return yaml.ScalarNode(tag, str(value), style='"' if breaks else None)
    if isinstance(value, Mapping):
        pairs = [(_node(key), _node(item)) for key, item in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=True)
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(item) for item in value], flow_style=True)
