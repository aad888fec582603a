"""The second factor of an account: codes that an app on a phone makes each half minute (TOTP, RFC 6238), and recovery
codes that work once each. django-otp stores and compares them.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
import unicodedata
from base64 import b32encode
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from web.readable_codes import READABLE, spelled

RECOVERY_CODES = 10
SIGNS = 10
"""Signs of a recovery code: 49 bits."""

TOLERANCE = 1
"""Steps of half a minute that the clock of a phone may be off, either way."""

DIGITS = re.compile(r"[0-9]{6}")
SALT = "gatewijzer.recovery-code"
NAME = gettext_noop("Authenticator app")


def factor_of(user: Any) -> int | None:
    """The number of the second factor of an account; None where it has none. Another factor has another number."""
    found: int | None = TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).values_list("pk", flat=True).first()
    return found


def new_key() -> str:
    """A key for an app, of 160 bits in hexadecimal (RFC 4226 asks for them)."""
    return secrets.token_hex(20)


def key_to_type(key: str) -> str:
    """A key as an app reads it, in groups of four."""
    text = b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def key_url(user: User, key: str) -> str:
    """What the QR code of a key says."""
    url: str = TOTPDevice(user=user, key=key).config_url
    return url


def add_factor(user: User, key: str, typed: str) -> list[str] | None:
    """Give an account a second factor, if the code that was typed is one of the key. Returns the recovery codes, which
    can be read this one time; None where the code is wrong, or the account has a factor.
    """
    code, totp = plain(typed), TOTP(bytes.fromhex(key))
    totp.time = time.time()
    if not DIGITS.fullmatch(code) or not totp.verify(int(code), TOLERANCE):
        return None
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if factor_of(user) is not None:
            return None
        TOTPDevice.objects.create(user=user, name=NAME, key=key, tolerance=TOLERANCE, last_t=totp.t())
        return renew_recovery_codes(user)


def accepts(user: User, typed: str) -> bool:
    """Whether a code is one of the account's: of its app, or a recovery code. No code is accepted twice."""
    code = plain(typed)
    with transaction.atomic():
        app = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        if app is None:
            return False
        if DIGITS.fullmatch(code):
            return bool(app.verify_token(code))
        kept = StaticDevice.objects.select_for_update().filter(user=user).first()
        return kept is not None and bool(kept.verify_token(_digest(user, code)))


def renew_recovery_codes(user: User) -> list[str]:
    """Ten new recovery codes in the place of those that an account had. Only their digests are stored."""
    codes = [spelled(secrets.randbelow(len(READABLE) ** SIGNS), SIGNS) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        kept = StaticDevice.objects.create(user=user, name="recovery codes")
        StaticToken.objects.bulk_create(StaticToken(device=kept, token=_digest(user, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def recovery_codes_left(user: User) -> int:
    """How many recovery codes of an account have not been used."""
    left: int = StaticToken.objects.filter(device__user=user).count()
    return left


def remove_factor(user: User) -> bool:
    """Take its second factor from an account, with its recovery codes, which ends the sessions that it opened. Returns
    whether there was one.
    """
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        removed, _ = TOTPDevice.objects.filter(user=user).delete()
    return bool(removed)


def plain(typed: str) -> str:
    """A code as it is compared: without spaces and hyphens, in capitals."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).upper()


def _digest(user: User, code: str) -> str:
    """What is stored of a recovery code: 80 bits that tell nothing without the secret key of the site."""
    told = hmac.digest(settings.SECRET_KEY.encode(), f"{SALT}:{user.pk}:{code}".encode(), "sha256")
    return b32encode(told[:10]).decode()
