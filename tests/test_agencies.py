"""Which agency a text is credited to."""

import pytest

from digest.agencies import credited_agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("SEOUL, June 17 (Yonhap) -- The guest will come on Tuesday.", "yonhap"),
        ("(서울=연합뉴스) 홍길동 기자 = 대통령이 18일 방문한다.", "yonhap"),
        ("[서울=뉴시스] 대통령이 18일 방문한다.", "newsis"),
        ("МОСКВА, 17 июня. /ТАСС/. Президент прибудет во вторник.", "tass"),
        ("新华社北京6月17日电 国家主席将于20日访问。", "xinhua"),
        ("【東京共同】首相は18日に訪問する。", "kyodo"),
        ("(ロイター) 首相は18日に訪問する。", "reuters"),
        ("Jakarta (ANTARA) - Presiden tiba pada Selasa.", "antara"),
        ("باريس (أ ف ب) - يصل الرئيس الثلاثاء.", "afp"),
        ("Der Gast kommt am Dienstag.\n\n(dpa)", "dpa"),
        ("Le président arrive mardi.\nSource : Reuters", "reuters"),
        (
            "The guest will come on Tuesday, Yonhap said. He leads nine others to the talks.",
            None,
        ),
        ("Reuters reported that the guest will come on Tuesday.", None),
        (
            "The visit to the Apia market (map: AP) is on Tuesday; nobody knows what comes after.",
            None,
        ),
        ("", None),
    ],
)
def test_a_credit_is_told_from_a_quotation(text: str, agency: str | None) -> None:
    assert credited_agency(text) == agency
