"""Which language a text is in."""

import pytest

from digest.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Presiden Rusia Vladimir Putin akan berkunjung ke Korea Utara pada hari Selasa.", "id"),
        ("The Russian president will travel to North Korea on Tuesday, the Kremlin said.", "en"),
        ("푸틴 대통령이 18일 평양을 방문한다고 크렘린궁이 밝혔다.", "ko"),
        ("プーチン大統領は18日に平壌を訪問すると発表した。", "ja"),
        ("俄罗斯总统普京将于18日访问朝鲜。", "zh"),
        ("Minister-president Rutte bezoekt volgende week Indonesië voor overleg.", "nl"),
        ("Президент России Владимир Путин посетит КНДР во вторник.", "ru"),
        ("Президент України Володимир Зеленський прибув до Берліна з офіційним візитом.", "uk"),
        ("Президентът на България ще посети Атина в сряда по покана на гръцкия си колега.", "bg"),
        ("Il presidente della Repubblica è arrivato a Berlino per una visita di due giorni.", "it"),
        ("وزیر امور خارجه روز سه‌شنبه برای گفتگو با همتای خود وارد آنکارا شد.", "fa"),
        ("وصل وزير الخارجية المصري إلى أنقرة يوم الثلاثاء لإجراء محادثات مع نظيره التركي.", "ar"),
        ("राष्ट्रपती आज दोन दिवसांच्या दौऱ्यावर टोकियोला पोहोचले आहेत.", "mr"),
        ("राष्ट्रपति मंगलवार को दो दिन के दौरे पर टोक्यो पहुंचे हैं।", "hi"),
    ],
)
def test_language_is_told(text: str, language: str) -> None:
    """Languages that have a pack, and ones that have none: those must not be taken for another."""
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Песков: Путин не поедет на саммит G20 в Индию", "ru"),
        ("Путин и Шольц поговорили по телефону", "ru"),
        ("Dilma adia visita de Estado aos EUA, que faria em outubro para falar com Obama", "pt"),
        ("Steinmeier und Baerbock reisen nach Washington und New York", "de"),
        ("Menlu RI Retno Marsudi bertemu Menlu Jepang Yoko Kamikawa di Tokyo, Kamis", "id"),
        ("Papst Franziskus reist vom 2. bis 6. September nach Indonesien", "de"),
        ("La Orquesta Filarmónica de Viena emprende una gira por Japón y Corea del Sur", "es"),
    ],
)
def test_names_from_abroad_do_not_decide_what_a_headline_is_in(headline: str, language: str) -> None:
    """In so few letters the alphabet and the everyday words count more than the names."""
    assert detect_language(headline, None, ["de", "en", "es", "id", "pt", "ru"]) == language


def test_what_cannot_be_printed_does_no_harm() -> None:
    """A page may hold control characters and halves of characters."""
    text = "The president\x00 will travel\ufffe to North Korea\ud800 on Tuesday, the Kremlin\u2028 said."

    assert detect_language(text) == "en"


@pytest.mark.parametrize("text", ["", "12345 67", "Putin", "🙂🙂🙂"])
def test_too_little_text_tells_nothing(text: str) -> None:
    """Abstaining is a result."""
    assert detect_language(text) is None


def test_a_foreign_name_in_hangul_text_does_not_turn_it_english() -> None:
    """Korean news is full of Latin abbreviations."""
    assert detect_language("IAEA 사무총장이 방한해 UN 대표단과 만났다 IAEA UN NATO AP AFP") == "ko"


def test_the_feeds_word_decides_between_indonesian_and_malay() -> None:
    """The two share most of their words: a sentence valid in both goes by the hint."""
    text = "Putin melawat Korea Utara"

    assert detect_language(text, "id") == "id"
    assert detect_language(text, "ms") == "ms"


def test_between_twins_the_readable_one_is_taken() -> None:
    """A text that may be either is read with the pack there is, instead of not at all."""
    assert detect_language("Putin melawat Korea Utara", None, ["en", "id"]) == "id"
    assert detect_language("Putin melawat Korea Utara", None, ["en", "ms"]) == "ms"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Menteri mengatakan bahwa kunjungan itu penting karena kedua negara bertetangga.", "id"),
        ("Menteri berkata bahawa lawatan itu penting kerana kedua-dua negara berjiran.", "ms"),
    ],
)
@pytest.mark.parametrize("hint", [None, "id", "ms"])
def test_the_twins_give_themselves_away(text: str, language: str, hint: str | None) -> None:
    """Words that only one of them writes so count more than what a feed says of itself."""
    assert detect_language(text, hint, ["en", "id"]) == language
