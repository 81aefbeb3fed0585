"""Which language a text is in, told from its neighbours."""

import pytest

from pressfold.config import LANGUAGES
from pressfold.ingest.identify import identify


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (
            "az",
            "Şirkət bildirib ki, işçilər yeni müqaviləni imzalamaqdan imtina edib və rəhbərlikdən izahat tələb edirlər.",
        ),
        (
            "tr",
            "Şirket, çalışanların yeni sözleşmeyi imzalamayı reddettiğini ve yönetimden açıklama beklediğini bildirdi.",
        ),
        (
            "ms",
            "Syarikat itu berkata pekerjanya enggan menandatangani kontrak baharu dan mahukan penjelasan daripada pengurusan.",
        ),
        (
            "id",
            "Perusahaan itu mengatakan karyawannya menolak menandatangani kontrak baru dan meminta penjelasan dari manajemen.",
        ),
        (
            "mk",
            "Компанијата соопшти дека вработените одбиле да го потпишат новиот договор и бараат објаснување од раководството.",
        ),
        (
            "bg",
            "Компанията съобщи, че служителите са отказали да подпишат новия договор и искат обяснение от ръководството.",
        ),
        (
            "is",
            "Fyrirtækið sagði að starfsmenn hefðu neitað að skrifa undir nýja samninginn og krefðust skýringa frá stjórninni.",
        ),
        (
            "sv",
            "Företaget sade att de anställda hade vägrat att skriva under det nya avtalet och krävde svar från ledningen.",
        ),
        (
            "sq",
            "Kompania tha se punonjësit kanë refuzuar të nënshkruajnë kontratën e re dhe kërkojnë shpjegime nga drejtuesit.",
        ),
        ("mr", "कर्मचाऱ्यांनी नव्या करारावर सही करण्यास नकार दिला असून व्यवस्थापनाकडे खुलासा मागितला आहे, असे कंपनीने सांगितले."),
        ("hi", "कंपनी ने कहा कि कर्मचारियों ने नए अनुबंध पर हस्ताक्षर करने से इनकार कर दिया है और प्रबंधन से जवाब मांगा है।"),
    ],
)
def test_neighbours_are_told_apart(tag: str, text: str) -> None:
    assert identify(text, LANGUAGES)[0] == tag
