"""What is no document that can be read: other formats, and other encodings, each with what makes it one."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import PurePath

_NAMES = {
    "asciidoc": "AsciiDoc",
    "rst": "reStructuredText",
    "html": "HTML",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "rtf": "rich text (RTF)",
    "org": "Org mode",
    "mediawiki": "MediaWiki",
    "textile": "Textile",
}
_EXTENSIONS = {
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".asc": "asciidoc",
    ".rst": "rst",
    ".rest": "rst",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".org": "org",
    ".mediawiki": "mediawiki",
    ".wiki": "mediawiki",
    ".textile": "textile",
}
_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_MARKS = {
    "asciidoc": re.compile(
        r"^(?:={1,5}[ \t]+\S.*|\[(?:source|NOTE|TIP|IMPORTANT|WARNING|\[)[^\n]*\]|:[\w-]+:.*|(?:image|include)::\S.*\]"
        r"|\.\w.*|-{4,}|={4,})$|\b(?:link|xref):\S{1,300}\[|<<[\w-]+(?:,[^<>\n]*)?>>",
        re.MULTILINE,
    ),
    "rst": re.compile(
        r"^[ \t]*\.\.[ \t]+(?:[\w-]+::|_[^\n:]{1,200}:)|^[ \t]*:(?:[\w-]+)(?:[ \t][\w-]+)?:[ \t]*\S|:[\w:+-]+:`[^`\n]+`"
        r"|`[^`\n]{1,300}`__?(?=\W)|(?<=\S)::$|^([~^\"+*#=-])\1{3,}$",
        re.MULTILINE,
    ),
    "mediawiki": re.compile(r"^={2,5}[^=\n]+={2,5}[ \t]*$|\[\[[^\]\n]+\|[^\]\n]+\]\]|'''[^'\n]+'''", re.MULTILINE),
    "org": re.compile(r"^(?:#\+\w+:.*|\*{2,6} \S.*)$", re.MULTILINE),
}
_SURE = {
    "mediawiki": re.compile(r"^={2,5}[^=\n]+={2,5}[ \t]*$", re.MULTILINE),
    "asciidoc": re.compile(r"^(?:={1,5}[ \t]+\S|\[source\b|:toc:|image::|include::)", re.MULTILINE),
    "rst": re.compile(
        r"^[ \t]*\.\.[ \t]+(?:[\w-]+::|_[^\n:]{1,200}:)|:(?:ref|doc|file|term|code|option|class|func):`", re.MULTILINE
    ),
    "org": re.compile(r"^#\+(?:TITLE|AUTHOR|BEGIN_\w+|OPTIONS)\b", re.MULTILINE | re.IGNORECASE),
}
_MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]+[^\s#]|[A-Za-z<])", re.MULTILINE)
_ASCIIDOC_HEADING = re.compile(r"^={1,5}[ \t]+\S", re.MULTILINE)
_LEAST_MARKS = 2
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_BLOCK = re.compile(r"<(?:h[1-6]|p|div|ul|ol|dl|table|section|article)\b[^<>]*>", re.IGNORECASE)
_LEAST_HTML = 0.6
_OFFICE = {"word/": "docx", "content.xml": "odt"}
_UNICODE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_MANY_NULS = 0.2


def other_format_of(name: str, data: bytes) -> str | None:
    """Why a file cannot be read, as a sentence that says what to do; None where it may be a text in UTF-8.

    By its first bytes, whatever it is called, and by its extension.
    """
    for start, kind in ((b"{\\rtf", "rtf"), (b"PK\x03\x04", ""), (b"\xd0\xcf\x11\xe0", "doc"), (b"%PDF", "pdf")):
        if data.startswith(start):
            return _advice(kind or _office_kind(data), name)
    extension = PurePath(name).suffix.lower()
    return _advice(_EXTENSIONS[extension], name) if extension in _EXTENSIONS else None


def other_markup_of(name: str, text: str) -> str | None:
    """Why a text is no Markdown, as a sentence that says what to do; None where it seems to be Markdown or YAML."""
    if _HTML_START.match(text):
        return _advice("html", name)
    plain = _CODE.sub("", text)
    if len(_MARKDOWN_HEADING.findall(plain)) > len(_ASCIIDOC_HEADING.findall(plain)):
        return None
    for kind, sure in _SURE.items():
        if sure.search(plain) and len(_MARKS[kind].findall(plain)) >= _LEAST_MARKS:
            return _advice(kind, name)
    lines = [line.strip() for line in plain.split("\n") if line.strip()]
    tagged = sum(line.startswith("<") for line in lines)
    is_html = len(_HTML_BLOCK.findall(plain)) >= _LEAST_MARKS and tagged > _LEAST_HTML * len(lines)
    return _advice("html", name) if is_html and "<details" not in plain.lower() else None


def encoding_fault(data: bytes) -> tuple[int, str] | None:
    """The line (0 for the whole file) and the reason why bytes are no UTF-8, with what to do; None where they are."""
    for mark, encoding in _UNICODE:
        if data.startswith(mark):
            return 0, _resave(f"this file is {encoding}, not UTF-8", encoding)
    if (place := data.find(b"\0")) >= 0:
        even, odd = data[::2].count(0), data[1::2].count(0)
        if max(even, odd) > 2 and max(even, odd) > _MANY_NULS * len(data) / 2 and min(even, odd) * 4 < max(even, odd):
            encoding = "UTF-16LE" if odd > even else "UTF-16BE"
            return 0, _resave(f"this file is not UTF-8: it looks like UTF-16 ({encoding})", encoding)
        return data.count(b"\n", 0, place) + 1, "there is a NUL byte in this line: this is not text, or it is damaged"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        windows = any(0x80 <= byte <= 0x9F for byte in data)
        seen = "Windows-1252" if windows else "Windows-1252 or Latin-1 (ISO 8859-1)"
        return line, _resave(f"this line is not UTF-8: it looks like {seen}", "WINDOWS-1252")
    return None


def _resave(what: str, encoding: str) -> str:
    return f"{what}. Save the file as UTF-8, in an editor or with: iconv -f {encoding} -t UTF-8 FILE > NEW-FILE"


def _office_kind(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        names = []
    found = (kind for start, kind in _OFFICE.items() if any(name.startswith(start) for name in names))
    return next(found, "docx" if b"word/" in data else "zip")


def _advice(kind: str, name: str) -> str:
    target = f"{PurePath(name).stem or 'faq'}.md"
    if kind in _NAMES:
        source = PurePath(name).name
        return f"this is {_NAMES[kind]}, not Markdown. Convert it first: pandoc -f {kind} -t gfm {source} -o {target}"
    if kind == "doc":
        return (
            f"this is an old Word document (.doc). Save it as .docx, then: pandoc -f docx -t gfm FILE.docx -o {target}"
        )
    if kind == "pdf":
        return "this is a PDF. Export the text it was made from as Markdown; a PDF cannot be read"
    return "this is a ZIP archive. Unpack it, and import the Markdown files in it"
