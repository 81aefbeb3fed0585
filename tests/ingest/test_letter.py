"""E-mail: what it says and when, with nothing of who received it; broken ones too."""

import datetime as dt
import io
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.config import LANGUAGES
from pressfold.ingest.decode import LARGEST
from pressfold.ingest.draft import Draft, Unreadable
from pressfold.ingest.letter import extract, letters, name_of

LONG = (
    "Pracownicy firmy Microsoft od kilku dni pytają swoich przełożonych, dlaczego spółka wciąż współpracuje z urzędem."
)
PAGE = f"""<html><body><p><a href="https://t.example/w?me">View this email in your browser</a></p><h1>List do zarządu</h1>
<table><tr><td><p>{LONG}</p>
<p>Część z nich żąda ujawnienia umów, <a href="https://t.example/c?me">mówi list</a>.</p></td></tr></table>
<p>You get this for me@private.example. <a href="https://t.example/u?me">Unsubscribe</a></p><p>Street 1, Town</p></body></html>"""


def letter(plain: str = "", page: str = "", **heads: str) -> bytes:
    message = EmailMessage()
    given = {"From": "The Digest <news@digest.example>", "To": "me@private.example", "Subject": "List do zarządu"}
    for name, value in {
        **given,
        "Date": "Tue, 03 Feb 2026 10:00:00 +0100",
        "Message-ID": "<a1@digest.example>",
        **heads,
    }.items():
        message[name] = value
    message.set_content(plain or "x")
    if page:
        message.add_alternative(page, subtype="html")
    return message.as_bytes()


def draft(data: bytes) -> Draft:
    return extract(data, LANGUAGES)


def words(data: bytes) -> list[str]:
    return [part.text for part in draft(data).blocks]


def test_a_newsletter_says_title_date_and_source() -> None:
    found = draft(letter(page=PAGE))
    assert (found.title, found.title_from, found.source_name, found.author) == (
        "List do zarządu",
        "metadata",
        "The Digest",
        "",
    )
    assert found.date == dt.datetime(2026, 2, 3, 10, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert words(letter(page=PAGE)) == [LONG, "Część z nich żąda ujawnienia umów, mówi list."]


def test_nothing_of_who_received_it_is_kept() -> None:
    found = draft(letter(page=PAGE))
    assert not any(span.href for part in found.blocks for span in part.spans)
    assert "private" not in "".join(words(letter(page=PAGE)))
    assert [out.role for out in found.left_out] == ["button", "foot", "foot"]


def test_a_plain_letter_is_read_as_text_without_its_signature_and_its_foot() -> None:
    plain = f"Hello\n\n{LONG}\n\nFirma nie odpowiedziała we wtorek, a pracownicy czekają dalej na jej odpowiedź.\n-- \nAda\nDigest"
    assert words(letter(plain)) == [
        LONG,
        "Firma nie odpowiedziała we wtorek, a pracownicy czekają dalej na jej odpowiedź.",
    ]


@pytest.mark.parametrize(
    "subject", ["Fwd: List do zarządu", "[digest] RE: Re: List do zarządu", "Odp: List do zarządu"]
)
def test_what_mail_programs_put_before_a_subject_is_no_title(subject: str) -> None:
    assert draft(letter(page=PAGE, Subject=subject)).title == "List do zarządu"


def test_a_letter_within_a_letter_and_an_attachment() -> None:
    outer = EmailMessage()
    outer["Subject"] = "See this"
    outer.set_content("See below.")
    inner = EmailMessage()
    inner.set_content(LONG)
    outer.add_attachment(inner)
    outer.add_attachment("Attached words that nobody should read as the text of the letter.", filename="x.txt")
    assert words(outer.as_bytes())[-1] == LONG


def test_a_letter_is_known_by_its_message_id() -> None:
    assert name_of(letter("x")) == "mid:a1@digest.example"
    assert name_of(b"Subject: x\nMessage-ID:\n <long@digest.example>\n\nbody") == "mid:long@digest.example"
    assert name_of(b"Subject: x\n\nMessage-ID: <no@digest.example>\n") == ""


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: text/plain; charset=no-such\n\n" + LONG.encode(),
        b"Content-Type: text/plain; charset=us-ascii\n\n" + LONG.encode(),
        b'Content-Type: text/plain; charset="a\0b"\nContent-Transfer-Encoding: 8bit\n\n' + LONG.encode(),
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
        + LONG.encode(),
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\nDate: never\nFrom: <<>>\n\nUHJh!!!",
        b"Content-Type: multipart/mixed\n\n" + LONG.encode(),
        b"Subject: =?utf-8?b?!!!?=\nContent-Type: text/plain; charset=utf-8\n\n" + LONG.encode(),
    ],
)
def test_broken_mime_is_read_as_far_as_it_goes(data: bytes) -> None:
    try:
        assert words(data)
    except Unreadable as reason:
        assert str(reason)


def test_parts_without_end_are_not_followed() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    with pytest.raises(Unreadable):
        draft(deep)


@pytest.mark.parametrize("count", [201, 10_000])
def test_a_letter_of_very_many_parts_is_refused_rather_than_cut(count: int) -> None:
    parts = f"--b\nContent-Type: text/plain\n\n{LONG}\n".encode() * count
    with pytest.raises(Unreadable, match="a message of more than 200 parts"):
        draft(b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + parts + b"--b--\n")


@pytest.mark.parametrize("depth", [90, 500])
def test_letters_within_letters_are_opened_to_some_depth(depth: int) -> None:
    data = b"Content-Type: message/rfc822\n\n" * depth + b"Subject: Inside\n\n" + LONG.encode()
    if depth < 100:
        assert draft(data).blocks[0].text == LONG
    else:
        with pytest.raises(Unreadable, match=r"more than 200 parts|nested too deeply"):
            draft(data)


@given(st.binary(max_size=500))
def test_any_bytes_are_a_letter_or_refused(data: bytes) -> None:
    try:
        draft(b"Subject: x\nContent-Type: text/html\n" + data)
    except Unreadable as reason:
        assert str(reason)


def mailbox(*texts: bytes) -> bytes:
    return b"".join(b"From x Tue Feb 3 10:00:00 2026\n" + text + b"\n\n" for text in texts)


def test_a_mailbox_gives_its_letters_one_by_one() -> None:
    data = mailbox(b"Subject: a\n\n>From here\n>>From there\nno From", b"Subject: b\r\n\r\nx")
    found = list(letters(io.BytesIO(data), LARGEST))
    assert [text.split(b"\n")[0].strip() for text in found] == [b"Subject: a", b"Subject: b"]
    assert b"\nFrom here\n>From there\nno From" in found[0]


def test_a_letter_that_is_too_large_does_not_fill_the_memory() -> None:
    found = list(letters(io.BytesIO(mailbox(b"x" * 5000 + b"\n" + b"y" * 5000, b"small")), 1000))
    assert [len(text) for text in found] == [1001, 7]
