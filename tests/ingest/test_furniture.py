"""Whole lines that are the website's; no rule takes a word out of a sentence."""

import pytest

from pressfold.ingest import buttons, captions, notices, promotions
from pressfold.ingest.biography import is_biography, is_signoff
from pressfold.ingest.lexicon import dense, every
from pressfold.ingest.lines import Line
from pressfold.language import Tag

EN, DE, PL, FR, AR = (Tag(tag) for tag in ("en", "de", "pl", "fr", "ar"))


def line(text: str) -> Line:
    return Line(1, text, gap=False)


@pytest.mark.parametrize(
    "text",
    ["Share", "Teilen", "Udostępnij", "شارك", "Facebook Twitter WhatsApp", "Comments (12)", "5 min read", "* * *",
     "https://example.org/story", "#work #law", "© 2026 The Paper", "Share | Print | Save", "Podpořit", "Spara artikel",
     "5:31 p.m.", "17:34 Uhr", "[广告] 春季购车节 点击领取优惠券", "[Anzeige] Jetzt sparen", "Envoyer par e-mail"],
)  # fmt: skip
def test_buttons(text: str) -> None:
    assert buttons.is_button(line(text))


@pytest.mark.parametrize(
    "text",
    ["Share prices fell on Monday after the report was published.", "Facebook workers protest", "They print money",
     "Read the letter that 500 employees signed"],
)  # fmt: skip
def test_what_only_begins_like_a_button_stays(text: str) -> None:
    assert not buttons.is_button(line(text))


@pytest.mark.parametrize("text", ["Technology", "Wirtschaft", "أخبار"])
def test_sections(text: str) -> None:
    assert buttons.is_section(line(text))


@pytest.mark.parametrize(
    "text",
    ["Home > News > Technology", "Wirtschaft | Politik", "Accueil » Économie » Télécoms", "News Business Sport Culture",
     "خانه / فناوری / موبایل", "首页 > 财经 > 公司"],
)  # fmt: skip
def test_paths_and_menus(text: str) -> None:
    assert buttons.is_path(line(text))


@pytest.mark.parametrize(
    "text", ["Ford and General Motors build vans together", "Ford workers | The Leeds Paper", "A letter"]
)
def test_a_title_is_no_path(text: str) -> None:
    assert not buttons.is_path(line(text))


@pytest.mark.parametrize(
    "text", ["Reading time: 4 minutes", "Share on LinkedIn", "Story continues below advertisement"]
)
def test_more_buttons(text: str) -> None:
    assert buttons.is_button(line(text))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("This is a developing story. Please check back for updates.", True),
        ("Artykuł jest na bieżąco aktualizowany.", True),
        ("The developers told a story about the early years of the company.", False),
        ("“This is a developing story,” the minister said.", False),
    ],
)
def test_notes_on_a_developing_story(text: str, status: bool) -> None:
    assert notices.is_status(line(text), last=False) is status


def test_a_last_line_about_updates_is_a_note_in_any_words() -> None:
    text = "Wir werden diesen Text aktualisieren, sobald mehr bekannt ist."
    assert notices.is_status(line(text), last=True)
    assert not notices.is_status(line(text), last=False)


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Photo: Jane Roe / Getty Images", True),
        ("Workers in front of the plant. Reuters", True),
        ("The gate of the factory (Foto: dpa)", True),
        ("Zdjęcie: archiwum", True),
        ("THE GATE OF THE PLANT, KAREN ROE (REUTERS)", True),
        ("工場の前に集まる従業員（高橋撮影）", True),
        ("Getty Images", True),
        ("EFE/Ana Ruiz", True),
        ("AP Photo/Jane Roe", True),
        ("Reuters/Jane Roe/File Photo", True),
        ("PAP/Jan Kowalski", True),
        ("(رويترز)", True),
        ("연합뉴스", True),
        ("[사진=뉴시스]", True),
        ("（新华社）", True),
        ("Рейтер", True),
        ("פלאש 90", True),
        ("Getty Images A woman looks at vans in a yard", True),
        ("Archivo - La planta de Leeds", True),
        ("fot. materiały prasowe Ford", True),
        ("Źródło zdjęcia głównego: Ford", True),
        ("Trucks on the road to Leeds, on a wet morning. File photo", True),
        ("A file photo of the company's campus in Leeds.", True),
        ("Vans at the gate of the plant. LeedsNews.ie LeedsNews.ie", True),
        ("Vedúci výskumu Ján Novák. (Zdroj: archív J. N.)", True),
        ("Beeld Jan de Vries", True),
        ("Workers will stop for a day. (Leeds News: Ada Poe)", True),
        ("Un plateau à Leeds, en janvier. PHOTO ADA POE POUR LE JOURNAL", True),
        ("„Fordo“ biuras Vilniuje / Onos Poe / BNS nuotr.", True),
        ("Lunch is dearer for millions of workers Credit: Alamy", True),
        ("Forklifts at the gate in Leeds. Fot. mat. prasowe", True),
        ("ダイキン工業淀川製作所＝2025年11月、大阪府摂津市、本社ヘリから", True),
        ("Erstes Bild: So könnte die Leedser Seilbahn aussehen", False),
        ("Photo finish in the yard", False),
        ("Reuters and the unions", False),
        ("Reuters/Ipsos asks what voters want", False),
        ("Two sites: Leeds/York", False),
        ("A spokesman told Reuters.", False),
        ("Image rights are a difficult matter for every publisher, and the courts are slow.", False),
    ],
)
def test_picture_captions(text: str, credit: bool) -> None:
    assert captions.is_credit(line(text)) is credit


@pytest.mark.parametrize(
    ("text", "promo"),
    [
        ("Read also: How the strike began", True),
        ("Czytaj też: Jak zaczął się strajk", True),
        ("Lesen Sie auch:", True),
        ("اقرأ أيضاً: كيف بدأ الإضراب", True),
        ("CZYTAJ: Jak zaczął się strajk", True),
        ("Lies auch: So begann der Streik", True),
        ("Leer también...", True),
        ("People are also reading...", True),
        ("Audio: Was die Bürgermeisterin sagt (1 Min)", True),
        ("Die Handelskammer hat ihre Umfrage vorgestellt. mehr", True),
        ("The board has answered. Nobody believes it", False),
        ("LEE TAMBIÉN | Cómo empezó la huelga", True),
        ("Te puede interesar – Cómo empezó la huelga", True),
        ("Video consigliato", True),
        ("关连阅读", True),
        (">> So begann der Streik", True),
        ("Tagi: strajk, fabryka", True),
        ("Ключевые слова: забастовка, завод", True),
        ("Watch – and wait", False),
        ("Strike | The Leeds Paper", False),
        ("The demands:", False),
        ("Read this: the company has no plan, said one of them.", False),
    ],
)
def test_lines_that_lead_elsewhere(text: str, promo: bool) -> None:
    assert promotions.is_promo(line(text)) is promo


@pytest.mark.parametrize(
    "text", ["Sign up for our daily newsletter and never miss a thing", "Newsletter: every Friday"]
)
def test_invitations(text: str) -> None:
    assert promotions.is_invitation(line(text))


@pytest.mark.parametrize(
    ("text", "language", "biography"),
    [
        ("Jane Roe is a reporter in Leeds and a graduate of the city's university.", EN, True),
        ("Absolwentka dziennikarstwa, od 2019 roku redaktorka działu gospodarczego.", PL, True),
        ("About the author: he covers labour.", EN, True),
        ("“I was a journalist and an editor before,” the mayor said.", EN, False),
        ("The university said that the editor of the journal had left.", EN, False),
    ],
)
def test_biographies(text: str, language: Tag, biography: bool) -> None:
    assert is_biography(line(text), language) is biography


@pytest.mark.parametrize(
    ("text", "signoff"),
    [
        ("Additional reporting by Sam Poe in York; editing by Jane Roe.", True),
        ("Con información de EFE y de nuestros corresponsales en Vigo y en Gijón.", True),
        ("Mit Material von dpa", True),
        ("Com informações da Agência Brasil", True),
        ("“Reporting by itself changes nothing,” the mayor said.", False),
        ("The reporting by both papers was praised.", False),
    ],
)
def test_who_else_worked_on_a_text(text: str, signoff: bool) -> None:
    assert is_signoff(line(text)) is signoff


@pytest.mark.parametrize(
    "text",
    [
        "Drivers hold signs outside the delivery station on Westbelt Drive. (Maria Okafor/Capitol Ledger)",
        "3일 울산 북구 명촌정문으로 조기 퇴근한 노동자들이 나오고 있다. /한빛일보 DB",
        "6일 기흥사업장 앞에 설치된 천막. 사진=최은영 기자",
        "Rafineria w Płocku / fot. M. Zych / Agencja Wschód",
        "شعار شركة أمازون - صورة أرشيفية",
        "トヨタ自動車の田原工場=愛知県田原市で、本社ヘリから",
        "高雄楠梓的晶圓廠，週四上午。（江北社檔案照片）",
        "11일 기흥사업장 앞에서 조합원들이 구호를 외치고 있다. 한빛일보 최은영 기자",
    ],
)
def test_captions_signed_in_brackets_or_behind_a_slash(text: str) -> None:
    assert captions.is_credit(line(text))


def test_a_word_of_a_longer_lead_in_is_no_promotion() -> None:
    assert not promotions.is_promo(line("Simak tuntutan lengkap para pengemudi:"))
    assert promotions.is_promo(line("Read more:"))
    assert promotions.is_promo(line("📱 Get the day's stories on your phone"))


@pytest.mark.parametrize(
    "text", ["Ansprechpartner für Journalisten", "Press contact", "Contacts presse", "Biuro prasowe:"]
)
def test_headings_under_which_a_press_release_says_whom_to_ask(text: str) -> None:
    assert notices.is_contact_heading(line(text))
    assert not notices.is_contact_heading(line(f"{text} was what the letter that the workers wrote did not name."))


def test_a_paragraph_that_an_agency_signs_is_no_caption() -> None:
    assert not captions.is_credit(
        line("Ford builds vans in Leeds. It belongs to a group that made 175 billion last year. (dpa)")
    )
    assert captions.is_credit(line("Workers at the gate of the plant. (dpa)"))


@pytest.mark.parametrize(
    "text",
    [
        "This advertisement has not loaded yet, but your article continues below.",
        "Sie erhalten diesen Newsletter, weil Sie sich angemeldet haben.",
        "Únete a nuestro canal de WhatsApp y entérate de las noticias del día.",
        "Vous recevez cet e-mail car vous êtes inscrit.",
        "请关注官方微信公众号。",
    ],
)
def test_a_short_notice_between_paragraphs(text: str) -> None:
    assert notices.is_between(line(text))
    assert not notices.is_between(line(f"“{text}” was what the letter that the workers got had said."))


def test_the_wording_of_a_notice_is_long_enough_to_be_no_articles() -> None:
    short = [
        said for said in every("notice") if len(said.replace(" ", "")) < 4 or (" " not in said and not dense(said))
    ]
    assert short == []
