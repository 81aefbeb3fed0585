"""Single pages by their addresses, fetched to be saved in the inbox."""

from pathlib import Path

from msgspec.structs import replace

from pressfold.fetch import save
from pressfold.problem import Problem
from tests.fetch.serving import QUICK, Sent, network, said, serving

NETWORK = network(limits=replace(QUICK, pause=0))
HTML = b"<!doctype html><html lang=en><title>A</title><p>Some words."


def test_pages_are_saved_under_the_names_of_their_addresses(tmp_path: Path) -> None:
    with serving(
        {"/a": said(HTML, content_type="text/html"), "/b": said(b"Words.", content_type="text/plain")}
    ) as host:
        pages = save([host.url("/a"), host.url("/b"), host.url("/a")], NETWORK)
        paths = list(pages.keep(tmp_path))
    assert pages.refused == ()
    assert [Path(path).suffix for path in paths] == [".html", ".txt"]
    saved = (tmp_path / "content" / paths[0]).read_bytes()
    assert saved.endswith(b")" + host.url("/a").encode() + b" -->\n" + HTML)
    assert paths[0].startswith("inbox/127-0-0-1-a-")
    assert host.paths == ["/a", "/b"]


def test_page_is_known_by_where_it_was_in_the_end_and_written_over(tmp_path: Path) -> None:
    answers: dict[str, Sent | list[Sent]] = {
        "/s": said(status="302 Found", location="/a"),
        "/a": [said(HTML), said(HTML + b"more")],
    }
    with serving(answers) as host:
        first = list(save([host.url("/s")], NETWORK).keep(tmp_path))
        assert list(save([host.url("/a")], NETWORK).keep(tmp_path)) == first
    (file,) = (tmp_path / "content" / "inbox").iterdir()
    assert file.read_bytes().endswith(HTML + b"more")
    assert f"){host.url('/a')} -->".encode() in file.read_bytes()


def test_address_that_cannot_be_had_stops_no_other() -> None:
    with serving({"/a": said(HTML), "/c": said(b"\0", content_type="image/png")}) as host:
        addresses = [host.url("/b"), host.url("/a"), "https://", host.url("/c")]
        pages = save(addresses, NETWORK)
    assert len(pages.saved) == 1
    assert pages.refused == (
        Problem(host.url("/b"), 0, "not fetched: answers 404 Not Found"),
        Problem("https://", 0, "not fetched: '' is no host"),
        Problem(host.url("/c"), 0, "not fetched: is image/png, which import does not read"),
    )
