"""The lists of django-otp show the keys of second factors, so the admin has none of them: superusers remove a factor on
the page of its account.
"""

import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin  # noqa: F401 -- both register their lists when they are imported
from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

admin.site.unregister((StaticDevice, TOTPDevice))
