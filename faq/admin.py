"""What the admin shows of the knowledge: each model with the room for editors that holds its pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from faq.editors.desk_notes_admin import DeskNoteAdmin
from faq.editors.entry_admin import EditionAdmin, EntryAdmin, SectionAdmin
from faq.editors.portals import PortalAdmin
from faq.editors.query_log_admin import AskedQuestionAdmin
from faq.editors.terms_admin import TermGroupAdmin
from faq.models import AskedQuestion, DeskNote, Edition, Entry, Portal, Section, TermGroup

admin.site.site_header = admin.site.site_title = "Gatewijzer"
admin.site.index_title = _("Editing")

for model, model_admin in (
    (AskedQuestion, AskedQuestionAdmin),
    (DeskNote, DeskNoteAdmin),
    (Edition, EditionAdmin),
    (Entry, EntryAdmin),
    (Portal, PortalAdmin),
    (Section, SectionAdmin),
    (TermGroup, TermGroupAdmin),
):
    admin.site.register(model, model_admin)
