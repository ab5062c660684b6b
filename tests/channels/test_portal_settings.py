"""The portal's settings: read strictly, refused with their name."""

from __future__ import annotations

import pytest

from bot.channels.settings import PortalSettings


def test_nothing_set_admits_nobody_and_trusts_nobody() -> None:
    settings = PortalSettings.from_environment({})
    assert settings.widget_origins == frozenset()
    assert (settings.proxies, settings.tls, settings.public_url) == (0, False, None)
    assert settings.session_rate and settings.address_rate


def test_what_is_set_is_used() -> None:
    settings = PortalSettings.from_environment(
        {
            "YILIANBAN_WIDGET_ORIGINS": "https://www.example.gov.cn, https://a.example:8443/",
            "YILIANBAN_PROXIES": "1",
            "YILIANBAN_TLS": "1",
            "YILIANBAN_SESSION_RATE": "5/minute",
            "YILIANBAN_PUBLIC_URL": "https://yi.example/",
        }
    )
    assert settings.widget_origins == {"https://www.example.gov.cn", "https://a.example:8443"}
    assert (settings.proxies, settings.tls, settings.public_url) == (1, True, "https://yi.example")
    assert [str(rate) for rate in settings.session_rate] == ["5 per 1 minute"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YILIANBAN_WIDGET_ORIGINS", "*"),
        ("YILIANBAN_WIDGET_ORIGINS", "https://a.example/path"),
        ("YILIANBAN_WIDGET_ORIGINS", "a.example"),
        ("YILIANBAN_PROXIES", "-1"),
        ("YILIANBAN_PROXIES", "all"),
        ("YILIANBAN_TLS", "false"),
        ("YILIANBAN_SESSION_RATE", "often"),
        ("YILIANBAN_ADDRESS_RATE", "5/fortnight"),
        ("YILIANBAN_PUBLIC_URL", "yi.example"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_name(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        PortalSettings.from_environment({name: value})
