"""Python-Markdown's inline patterns, applied only to texts that hold what they need."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns, treeprocessors
from markdown.util import STX, AtomicString


class DelimiterProcessor(inlinepatterns.DelimiterProcessor):
    """Emphasis; at once where the run of stars that opens it is closed by the next mark."""

    SIMPLE = re.compile(r"(?<!\*)(\*\*?)(?![\s*])([^*_]++)(?<!\s)\1(?!\*)")

    def __init__(self, md: Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)
        self._star = self.delimiters["*"]

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """The element, and where its source begins and ends."""
        as_built = self.tokens == ["*", "_"] and self.delimiters["*"] is self._star  # no extension has its own rules
        simple = self.SIMPLE.match(data, m.start()) if as_built and not self.regions else None
        if simple is None:
            return super().handleMatch(m, data)
        element = Element("em" if simple[1] == "*" else "strong")
        element.text = simple[2]
        return element, simple.start(), simple.end()


class LinkInlineProcessor(inlinepatterns.LinkInlineProcessor):
    """A link; at once where neither its words nor its address hold what could end them early."""

    OPENING = re.compile(r"\[(?<!!\[)")  # as LINK_RE, but quick to search for
    SIMPLE_TEXT = re.compile(r"[^\[\]]*+\]")
    SIMPLE_LINK = re.compile(rf"\(([^\s()<>\"'{STX}]*+)\)")

    def getCompiledRegExp(self) -> re.Pattern[str]:
        """Where a link may begin."""
        return self.OPENING

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        """The words between brackets, where they end, and whether they do."""
        simple = self.SIMPLE_TEXT.match(data, index)
        return (simple[0][:-1], simple.end(), True) if simple else super().getText(data, index)

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        """Address, title, where they end, and whether they do."""
        simple = self.SIMPLE_LINK.match(data, index)
        return (simple[1], None, simple.end(), True) if simple else super().getLink(data, index)


# What each pattern cannot do without; a single character where one will do, for it is found a hundred times as fast.
_PATTERNS = {
    (inlinepatterns.BacktickInlineProcessor, inlinepatterns.BACKTICK_RE): "`",
    (inlinepatterns.EscapeInlineProcessor, inlinepatterns.ESCAPE_RE): "\\",
    (inlinepatterns.ReferenceInlineProcessor, inlinepatterns.REFERENCE_RE): "[",
    (LinkInlineProcessor, inlinepatterns.LINK_RE): "[",
    (
        inlinepatterns.ImageInlineProcessor,
        inlinepatterns.IMAGE_LINK_RE,
    ): "!",
    (inlinepatterns.ImageReferenceInlineProcessor, inlinepatterns.IMAGE_REFERENCE_RE): "!",
    (inlinepatterns.ShortReferenceInlineProcessor, inlinepatterns.REFERENCE_RE): "[",
    (inlinepatterns.ShortImageReferenceInlineProcessor, inlinepatterns.IMAGE_REFERENCE_RE): "!",
    (inlinepatterns.AutolinkInlineProcessor, inlinepatterns.AUTOLINK_RE): "<",
    (inlinepatterns.AutomailInlineProcessor, inlinepatterns.AUTOMAIL_RE): "<",
    (inlinepatterns.SubstituteTagInlineProcessor, inlinepatterns.LINE_BREAK_RE): "  \n",
    (inlinepatterns.HtmlInlineProcessor, inlinepatterns.HTML_RE): "<",
    (inlinepatterns.HtmlInlineProcessor, inlinepatterns.ENTITY_RE): "&",
}
_REFERENCES = frozenset(kind for kind, _ in _PATTERNS if issubclass(kind, inlinepatterns.ReferenceInlineProcessor))


# A pattern, its place, and two marks of which a text must hold one; the empty mark is in every text.
_Step = tuple[int, inlinepatterns.Pattern, str, str]


def _step(index: int, pattern: inlinepatterns.Pattern) -> _Step:
    if type(pattern) is DelimiterProcessor and len(pattern.tokens) == 2:
        return index, pattern, pattern.tokens[0], pattern.tokens[1]
    needed = _PATTERNS.get((type(pattern), pattern.pattern), "")
    return index, pattern, needed, needed


class InlineProcessor(treeprocessors.InlineProcessor):
    """Applies to each text only the patterns that may match it.

    It bears the library's name so that a private method of the library's can be overridden, and others called.
    """

    if TYPE_CHECKING:

        def __processPlaceholders(
            self, data: str | None, parent: Element, isText: bool = True
        ) -> list[tuple[Element, list[str]]]: ...

        def __applyPattern(
            self, pattern: inlinepatterns.Pattern, data: str, patternIndex: int, startIndex: int = 0
        ) -> tuple[str, bool, int]: ...

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """The tree, its texts parsed."""
        patterns: Iterable[inlinepatterns.Pattern] = self.md.inlinePatterns
        steps = [_step(index, pattern) for index, pattern in enumerate(patterns)]
        if not self.md.references:
            steps = [step for step in steps if type(step[1]) not in _REFERENCES]
        self._steps = steps
        if any(not one for _, _, one, _ in steps):  # an extension's pattern: it may ask for what only the library knows
            return super().run(tree, ancestors)
        words = "".join(tree.itertext())
        self._steps = [step for step in steps if step[2] in words or (step[2] != step[3] and step[3] in words)]
        self.stashed_nodes = {}
        if self._steps:
            self.__weave(tree)
        return tree

    def __weave(self, tree: Element) -> None:
        """Replace the texts of all elements by what they say, in the library's order."""
        self.ancestors = []
        queue = [tree]
        for parent in queue:  # it grows
            woven: list[tuple[Element, list[Element]]] = []
            for child in parent:
                marked = self.__marked(child.text)
                if marked:
                    child.text = None
                    inner = [node for node, _ in self.__processPlaceholders(marked, child)]
                    queue += inner
                    woven.append((child, inner))
                marked = self.__marked(child.tail)
                if marked:
                    child.tail = None
                    stand_in = Element("d")
                    outer = [node for node, _ in self.__processPlaceholders(marked, stand_in, False)]
                    child.tail = stand_in.tail
                    at = list(parent).index(child) + 1
                    for node in reversed(outer):
                        parent.insert(at, node)
                if len(child):
                    queue.append(child)
            for element, inner in woven:
                for at, node in enumerate(inner):
                    element.insert(at, node)

    def __marked(self, text: str | None) -> str:
        """The text with its placeholders, if it has any."""
        if not text:
            return ""
        handled = self.__handleInline(text)
        return handled if handled is not text or (STX in text and not isinstance(text, AtomicString)) else ""

    def __handleInline(self, data: str, patternIndex: int = 0) -> str:
        """The text with a placeholder for each run that is marked."""
        if isinstance(data, AtomicString):
            return data
        for index, pattern, one, other in self._steps:
            at, matched = 0, index >= patternIndex
            while matched and (data.find(one, at) >= 0 or data.find(other, at) >= 0):
                data, matched, at = self.__applyPattern(pattern, data, index, at)
        return data
