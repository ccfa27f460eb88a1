"""Which language a text is in: English unless it clearly is another."""

from __future__ import annotations

import pytest

from trucewatch.sources.languages import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Shells hit Taiz.", "en"),
        ("Shoigu, Konashenkov, Bustan al-Qasr", "en"),
        ("SYRIA ARMY SAYS TRUCE IN HOMS HOLDS", "en"),
        ("Перемирие в Алеппо сорвано обстрелом, сообщили жители, которые были ранены.", "ru"),
        ("Перемир'я в Авдіївці зірвано обстрілом, повідомили мешканці міста.", "uk"),
        ("سقطت قذائف على تعز ظهر اليوم وأصيب ثلاثة أشخاص بجروح.", "ar"),
        ("گلوله‌باران شهر پس از آغاز آتش‌بس، چند نفر زخمی شدند.", "fa"),
        ("Les forces du gouvernement ont tiré des obus sur la ville, selon les habitants.", "fr"),
        ("El ejército dijo que la tregua en el valle fue rota por los rebeldes.", "es"),
        ("Die Waffenruhe wurde nach Angaben der Armee von den Rebellen gebrochen.", "de"),
        ("Ordu, ateşkesin bir saat sonra bozulduğunu ve çok sayıda kişinin öldüğünü bildirdi.", "tr"),
        ("停火在一小时后被打破。", "zh"),
        ("በትግራይ የተኩስ አቁም ስምምነት ተጥሷል", "am"),
        ("12 345", None),
        ("", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert detect_language(text) == language
