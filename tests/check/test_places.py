"""Where links lead, by plain values."""

import pytest

from pressfold.check.places import Led, Places

FILES = ("index.html", "404.html", "about/index.html", "articles/one/index.html", "static/a-1.css", "media/ä b.png")
PLACES = Places("https://digest.example/news/", dict.fromkeys(FILES, ""))


@pytest.mark.parametrize(
    ("url", "page", "path"),
    [
        ("./", "index.html", "index.html"),
        ("about/", "index.html", "about/index.html"),
        ("about/?q=1", "index.html", "about/index.html"),
        ("../../", "articles/one/index.html", "index.html"),
        ("../..", "articles/one/index.html", "index.html"),
        ("../../about/#main", "articles/one/index.html", "about/index.html"),
        ("../one/", "articles/one/index.html", "articles/one/index.html"),
        (".", "about/index.html", "about/index.html"),
        ("?page=2", "about/index.html", "about/index.html"),
        ("index.html", "about/index.html", "about/index.html"),
        ("../media/%C3%A4%20b.png", "about/index.html", "media/ä b.png"),
        ("../static/./a-1.css", "about/index.html", "static/a-1.css"),
        (" ../about/ ", "about/index.html", "about/index.html"),
        ("https://digest.example/news/about/", "404.html", "about/index.html"),
        ("https://digest.example/news", "about/index.html", "index.html"),
        ("#main", "404.html", "404.html"),
    ],
)
def test_a_link_leads_to_a_file(url: str, page: str, path: str) -> None:
    led = PLACES.lead(url, page)
    assert (led.path, led.wrong) == (path, "")


@pytest.mark.parametrize(
    "url",
    [
        "https://digest.example/",
        "https://digest.example/newsletter/",
        "//other.example/x",
        "mailto:a@b.example",
        "data:,x",
    ],
)
def test_the_rest_of_the_web_is_not_the_sites(url: str) -> None:
    assert PLACES.lead(url, "about/index.html") == Led()


@pytest.mark.parametrize(
    ("url", "page", "wrong", "warning"),
    [
        ("../../abuot/", "articles/one/index.html", "links to abuot/, which is not there", False),
        ("../About/", "about/index.html", "links to About/, which is not there", False),
        ("../articles/", "about/index.html", "links to articles/, which is not there", False),
        ("https://digest.example/news/x", "index.html", "links to x, which is not there", False),
        ("../about", "about/index.html", "links to about without its slash", True),
        ("../../news/", "about/index.html", "'../../news/' leads out of the site", False),
        ("..", "index.html", "'..' leads out of the site", False),
        ("/news/about/", "index.html", "'/news/about/' works only where the site stands at /news/", True),
        ("/about/", "index.html", "'/about/' leads out of the site", False),
        ("about/", "404.html", "'about/' is relative", False),
        ("static/a-1.css", "404.html", "'static/a-1.css' is relative", False),
    ],
)
def test_a_link_that_does_not_hold_is_told(url: str, page: str, wrong: str, warning: bool) -> None:
    led = PLACES.lead(url, page)
    assert (led.wrong, led.warning) == (wrong, warning)
    assert led.hint
