"""The tables of the site."""

from faq.models.audit import AuditRecord
from faq.models.clock import ClockReading
from faq.models.content import (
    NEWS,
    ContentVersion,
    Deletion,
    Edition,
    EditorText,
    Entry,
    EntryLink,
    EntryQuerySet,
    Section,
    Slug,
    SlugEnd,
    SlugQuerySet,
    TermGroup,
    Translation,
    TranslationQuerySet,
)
from faq.models.desk import AskedQuestion, DeskNote, Feedback, PublicationCount
from faq.models.fields import (
    LANGUAGE_CHOICES,
    WrittenJSONField,
    edition_validator,
    host_fault,
    is_published,
    slug_validator,
)
from faq.models.leases import Lease
from faq.models.limits import Limit, LimitChange, LimitSource
from faq.models.portals import Delivery, Portal, Webhook

__all__ = [
    "LANGUAGE_CHOICES",
    "NEWS",
    "AskedQuestion",
    "AuditRecord",
    "ClockReading",
    "ContentVersion",
    "Deletion",
    "Delivery",
    "DeskNote",
    "Edition",
    "EditorText",
    "Entry",
    "EntryLink",
    "EntryQuerySet",
    "Feedback",
    "Lease",
    "Limit",
    "LimitChange",
    "LimitSource",
    "Portal",
    "PublicationCount",
    "Section",
    "Slug",
    "SlugEnd",
    "SlugQuerySet",
    "TermGroup",
    "Translation",
    "TranslationQuerySet",
    "Webhook",
    "WrittenJSONField",
    "edition_validator",
    "host_fault",
    "is_published",
    "slug_validator",
]
