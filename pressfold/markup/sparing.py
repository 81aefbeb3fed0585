"""Python-Markdown that looks only where there is something to find: the library's output in a quarter of its time.

The library tries every pattern on every run of text, and every kind of block on every block. Here those that it brings
itself are passed over where a text lacks what they cannot do without; a site's extensions run as the library runs them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown, blockprocessors, inlinepatterns, preprocessors, treeprocessors
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import ETX, STX

from pressfold.markup.inline import DelimiterProcessor, InlineProcessor, LinkInlineProcessor
from pressfold.markup.serial import to_html_string


class SparingMarkdown(Markdown):
    """A parser that writes what `Markdown` writes."""

    output_formats: ClassVar = {**Markdown.output_formats, "html": to_html_string}

    def build_parser(self) -> "SparingMarkdown":
        """The library's processors, some of them in a sparing form."""
        super().build_parser()
        parser = SparingBlockParser(self)
        parser.blockprocessors = self.parser.blockprocessors
        for processor in parser.blockprocessors:
            processor.parser = parser
        self.parser = parser
        self.preprocessors.register(NormalizeWhitespace(self), "normalize_whitespace", 30)
        self.inlinePatterns.register(DelimiterProcessor(self), "em_strong", 60)
        self.inlinePatterns.register(LinkInlineProcessor(inlinepatterns.LINK_RE, self), "link", 160)
        self.treeprocessors.register(InlineProcessor(self), "inline", 20)
        self.treeprocessors.register(UnescapeTreeprocessor(self), "unescape", 0)
        return self

    def registerExtensions(
        self, extensions: Sequence[Extension | str], configs: Mapping[str, dict[str, Any]]
    ) -> "SparingMarkdown":
        """Load the extensions; what is still the library's own is passed over from now on where it has nothing to do."""
        super().registerExtensions(extensions, configs)
        for name, kind, priority, needed in _PREPROCESSORS:
            if name in self.preprocessors and type(self.preprocessors[name]) is kind:
                self.preprocessors.register(Needing(self.preprocessors[name], needed), name, priority)
        self._block_level = cache(super().is_block_level)
        return self

    def is_block_level(self, tag: object) -> bool:
        """Whether it is the tag of a block."""
        return self._block_level(tag)


# Before the blocks.


class NormalizeWhitespace(preprocessors.NormalizeWhitespace):
    """Every line ends in a line feed, and no blank line holds spaces."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, normalised."""
        source = "\n".join(lines).replace(STX, "").replace(ETX, "")
        if "\r" in source:
            source = source.replace("\r\n", "\n").replace("\r", "\n")
        source += "\n\n"
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        if "\n " in source:
            source = re.sub(r"\n +(?=\n)", "\n", source)
        return source.split("\n")


class Needing(preprocessors.Preprocessor):
    """A preprocessor that is run only where one of the marks stands that it cannot do without."""

    def __init__(self, inner: preprocessors.Preprocessor, needed: Sequence[str]) -> None:
        super().__init__(inner.md)
        self.inner, self.needed = inner, needed

    def run(self, lines: list[str]) -> list[str]:
        """The lines that the preprocessor makes of these."""
        source = "\n".join(lines)
        return self.inner.run(lines) if any(mark[0] in source and mark in source for mark in self.needed) else lines


_PREPROCESSORS = (
    ("fenced_code_block", FencedBlockPreprocessor, 25, ("```", "~~~")),
    ("html_block", preprocessors.HtmlBlockPreprocessor, 20, ("<", "&#")),
)


# Blocks.

# What each kind of block cannot do without.
_BLOCKS: dict[type, str] = {
    blockprocessors.EmptyBlockProcessor: "",
    blockprocessors.ListIndentProcessor: "    ",
    blockprocessors.CodeBlockProcessor: "    ",
    TableProcessor: "|",
    blockprocessors.HashHeaderProcessor: "#",
    blockprocessors.SetextHeaderProcessor: "\n",
    blockprocessors.HRProcessor: "",
    blockprocessors.OListProcessor: ".",
    blockprocessors.UListProcessor: " ",
    SaneOListProcessor: ".",
    SaneUListProcessor: " ",
    blockprocessors.BlockQuoteProcessor: ">",
    blockprocessors.ReferenceProcessor: "]:",
    blockprocessors.ParagraphProcessor: "",
}
_ODD_LINE = re.compile(r"\n[\W\d_]")


def _is_plain(block: str) -> bool:
    """Whether each line begins with a letter and none holds a pipe: of the library's kinds it can be a paragraph only."""
    return block[:1].isalpha() and ("\n" not in block or ("|" not in block and not _ODD_LINE.search(block)))


class SparingBlockParser(BlockParser):
    """Tries on a block only those kinds that it may be of."""

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:
        """The tree of a document's blocks."""
        self._all = [(processor, _BLOCKS.get(type(processor), "")) for processor in self.blockprocessors]
        self._for_plain = [
            (processor, needed)
            for processor, needed in self._all
            if type(processor) not in _BLOCKS or type(processor) is blockprocessors.ParagraphProcessor
        ]
        return super().parseDocument(lines)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        """Put the blocks' elements into the parent."""
        while blocks:
            block = blocks[0]
            for processor, needed in self._for_plain if _is_plain(block) else self._all:
                if needed in block and processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


# After the tree.


class UnescapeTreeprocessor(treeprocessors.UnescapeTreeprocessor):
    """Escaped characters are themselves again."""

    def run(self, root: Element) -> Element | None:
        """Restore them, where there are any."""
        escaped = STX in "".join(root.itertext()) or any(STX in (v or "") for e in root.iter() for _, v in e.items())
        return super().run(root) if escaped else None
