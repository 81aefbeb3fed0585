"""Days and moments: read, written and told by the clocks of a zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.moment import Day, day, iso, parse_day, parse_moment, start

WARSAW = ZoneInfo("Europe/Warsaw")
OFFSETS = st.timedeltas(dt.timedelta(hours=-23), dt.timedelta(hours=23)).map(
    lambda offset: dt.timezone(dt.timedelta(minutes=offset // dt.timedelta(minutes=1)))
)
MOMENTS = st.builds(
    lambda seconds, zone: (dt.datetime(1001, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)).astimezone(zone),
    st.integers(0, 8990 * 365 * 86400),
    OFFSETS,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-11", dt.date(2026, 2, 11)),
        ("2026-02-11T09:30:00Z", dt.datetime(2026, 2, 11, 9, 30, tzinfo=dt.UTC)),
        ("2026-02-11T09:30Z", dt.datetime(2026, 2, 11, 9, 30, tzinfo=dt.UTC)),
        (" 2026-02-11T09:30:00+01:00 ", dt.datetime(2026, 2, 11, 8, 30, tzinfo=dt.UTC)),
        ("2026-02-11 09:30:00.987654Z", dt.datetime(2026, 2, 11, 9, 30, tzinfo=dt.UTC)),
    ],
)
def test_day_or_moment_is_read(text: str, expected: Day) -> None:
    assert parse_day(text) == expected
    assert type(parse_day(text)) is type(expected)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-02-11T09:30:00", "the time has no offset"),
        ("2026-02-30", "day is out of range for month"),
        ("0001-01-01T00:00:00+05:00", "the year is out of range"),
        ("9999-12-31T23:59:59-05:00", "the year is out of range"),
        ("11.02.2026", "Invalid isoformat string: '11.02.2026'"),
        ("", "Invalid isoformat string: ''"),
    ],
)
def test_what_is_no_day_says_why(text: str, message: str) -> None:
    with pytest.raises(ValueError) as raised:
        parse_day(text)
    assert str(raised.value) == message


def test_day_alone_is_no_moment() -> None:
    with pytest.raises(ValueError, match=r"^the time has no offset$"):
        parse_moment("2026-02-11")


@pytest.mark.parametrize("text", ["٢٠٢٦-٠٢-١١", "２０２６-02-11", "2026-2-1"])
def test_digits_of_other_scripts_are_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="isoformat"):
        parse_day(text)


@given(MOMENTS)
def test_moment_is_read_as_it_was_written(moment: dt.datetime) -> None:
    assert parse_moment(iso(moment)) == moment
    assert parse_day(iso(moment)) == moment


@given(st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31)))
def test_day_is_read_as_it_was_written(date: dt.date) -> None:
    assert parse_day(iso(date)) == date


@pytest.mark.parametrize(
    "text", ["2026-01-01T00:00:00+00:00:30", "2026-01-01T00:00:00-00:00:01", "2026-01-01T00:00:00+05:30:15"]
)
def test_moment_whose_offset_has_seconds_is_read_as_it_was_written_or_refused(text: str) -> None:
    try:
        moment = parse_moment(text)
    except ValueError:
        return
    assert parse_moment(iso(moment)) == moment


@given(MOMENTS)
def test_writing_is_idempotent(moment: dt.datetime) -> None:
    assert iso(parse_moment(iso(moment))) == iso(moment)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (dt.date(2026, 2, 11), "2026-02-11"),
        (dt.datetime(2026, 2, 11, 9, 30, tzinfo=dt.UTC), "2026-02-11T09:30:00Z"),
        (dt.datetime(2026, 2, 11, 9, 30, tzinfo=WARSAW), "2026-02-11T09:30:00+01:00"),
    ],
)
def test_iso_form_is_the_shortest(moment: Day, text: str) -> None:
    assert iso(moment) == text


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        (dt.date(2026, 2, 11), "Asia/Tokyo", dt.date(2026, 2, 11)),
        (dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC), "Europe/Warsaw", dt.date(2026, 2, 1)),
        (dt.datetime(2026, 2, 1, 0, 30, tzinfo=dt.UTC), "America/New_York", dt.date(2026, 1, 31)),
    ],
)
def test_day_is_that_of_the_zones_clocks(moment: Day, zone: str, expected: dt.date) -> None:
    assert day(moment, ZoneInfo(zone)) == expected


def test_day_starts_at_midnight_in_the_zone() -> None:
    assert iso(start(dt.date(2026, 7, 1), WARSAW)) == "2026-07-01T00:00:00+02:00"


def test_moment_starts_when_it_is() -> None:
    moment = dt.datetime(2026, 7, 1, 5, tzinfo=dt.UTC)
    assert start(moment, WARSAW) is moment


@given(st.dates(dt.date(2, 1, 1), dt.date(9998, 1, 1)), st.sampled_from(["UTC", "Europe/Warsaw", "Asia/Tokyo"]))
def test_day_holds_its_own_start(date: dt.date, zone: str) -> None:
    assert day(start(date, ZoneInfo(zone)), ZoneInfo(zone)) == date


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01", "9999-12-31"])
def test_any_day_that_is_read_has_a_day_in_any_zone(text: str, zone: str) -> None:
    try:
        moment = parse_day(text)
    except ValueError:
        return
    assert day(moment, ZoneInfo(zone)).year in (1, 9999)
    start(moment, ZoneInfo(zone)).timestamp()
