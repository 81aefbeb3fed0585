"""What a site says to its readers in words that no list has, told from news about the same things."""

import pytest

from pressfold.config import LANGUAGES
from pressfold.ingest.text import extract

TEXT = (
    (
        "Several hundred people who work at the Leeds plant of the carmaker Ford have asked its board to explain a contract "
        "with the ministry of defence, the union said on Tuesday."
    ),
    (
        "The contract, which was signed in spring, obliges the plant to build parts for armoured vehicles; so far it has made "
        "gearboxes for vans, and its council had promised that this would not change."
    ),
    "A spokeswoman said that the board would answer the questions in June, when the works council meets in Leeds.",
)
WERK = (
    (
        "Mehrere hundert Beschäftigte des Werks in Köln haben den Vorstand von Ford gefragt, wofür die Teile bestimmt sind, die "
        "sie seit dem Frühjahr bauen, teilte die Gewerkschaft am Dienstag mit."
    ),
    (
        "Der Vertrag mit dem Ministerium verpflichtet das Werk, Teile für gepanzerte Fahrzeuge zu liefern; bisher baute es "
        "Getriebe für Lieferwagen, und der Betriebsrat hatte zugesagt bekommen, dass es dabei bleibt."
    ),
    "Eine Sprecherin sagte, der Vorstand werde die Fragen im Juni beantworten, wenn der Betriebsrat in Köln tagt.",
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TEXT, "Get the weather and the harbour in your inbox each morning, free of charge"),
        (TEXT, "Download our app and you will hear of the plant before your neighbours do."),
        (TEXT, "Tap to see the harbour from above"),
        (TEXT, "Did you like this? Our newsletter “The Gate” is in your inbox every morning."),
        (WERK, "Sie wollen morgens wissen, was am Rhein los ist? Unser Newsletter kommt kostenlos in Ihr Postfach."),
        (WERK, "Laden Sie die App und kommentieren Sie mit Ihrem Konto."),
    ],
)
def test_a_line_that_speaks_to_readers_of_what_the_site_has_is_left_out(text: tuple[str, ...], line: str) -> None:
    found = extract("\n\n".join((text[0], line, *text[1:])), LANGUAGES)
    assert found.paragraphs == text
    assert ("notice", line) in [(out.role, out.text) for out in found.left_out]


NEWS = (
    (
        "Spotify will let its subscribers write comments in the app from March, and drop the podcasts that hardly anybody has "
        "listened to since last year, the company said in an email to investors on Tuesday."
    ),
    (
        "Users who do not accept the new terms lose their account, and whoever wants no advertising pays a premium of twelve "
        "euros; a free trial will be offered only where the law asks for one, a spokeswoman added."
    ),
)


@pytest.mark.parametrize(
    "line",
    [
        "You click on a song in the app, and the comments of other subscribers appear.",
        "Users are asked to confirm in the app that they have read the email, or their account is closed.",
        "Accept it or leave, that is what the email says to subscribers.",
        "Please stop selling our work to the army, and tell us whom you have shown the contract.",
    ],
)
def test_news_about_an_app_is_no_appeal_to_download_it(line: str) -> None:
    assert line in extract("\n\n".join((NEWS[0], line, NEWS[1])), LANGUAGES).paragraphs


def test_who_says_so_makes_it_news() -> None:
    line = "You can cancel the subscription in the app whenever you like, the union said in its newsletter."
    assert line in extract("\n\n".join((TEXT[0], line, *TEXT[1:])), LANGUAGES).paragraphs
