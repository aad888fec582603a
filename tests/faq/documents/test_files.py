"""Documents as files: what is read, what is refused, and that nothing outside is reached."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from faq.documents import (
    DocumentRefused,
    foreign_language_of,
    language_of,
    parse_markdown,
    parse_yaml,
    read_document,
    write_markdown,
    write_yaml,
)
from faq.documents.model import MAX_SIZE
from tests.faq.documents.test_round_trip import bare

PLAIN = "# T\n## S\n### A?\nA.\n[!INCLUDE [x](%s)]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a document, with a folder of includes two levels up."""
    made = tmp_path / "articles" / "vpn"
    made.mkdir(parents=True)
    (tmp_path / "includes").mkdir()
    (tmp_path / "secret.md").write_text("### Secret?\nYes.\n")
    return made


def entries(folder: Path, include: str) -> list[str]:
    """The slugs of a document that includes something."""
    (folder / "faq.md").write_text(PLAIN % include)
    return [entry.slug for entry in read_document(folder / "faq.md").entries]


def test_an_include_is_found_where_it_says(folder: Path) -> None:
    (folder.parent.parent / "includes" / "part.md").write_text("### B?\nB.\n")
    assert entries(folder, "../../includes/part.md") == ["a", "b"]


def test_an_include_is_found_beside_the_document(folder: Path) -> None:
    (folder / "part.md").write_text("### B?\nB.\n")
    assert entries(folder, "../../includes/part.md") == ["a", "b"]


def test_an_include_is_found_under_a_longer_name_in_the_language_of_the_document(folder: Path) -> None:
    (folder / "part.en-2016.md").write_text("### English?\nB.\n")
    (folder / "part.nl-2016.md").write_text("### Dutch?\nB.\n")
    (folder / "faq.md").write_text(
        "# T\n## S\n### Wat is dat?\nDat is een tunnel die u kunt maken.\n[!INCLUDE [x](part.md)]\n"
    )
    assert [entry.slug for entry in read_document(folder / "faq.md").entries] == ["wat-is-dat", "dutch"]


@pytest.mark.parametrize(
    "named", ["../../secret.md", "../../../../../etc/passwd", "/etc/passwd", "../..", "", "link.md", "pipe.md"]
)
def test_nothing_outside_is_included(folder: Path, named: str) -> None:
    (folder / "link.md").symlink_to(folder.parent.parent / "secret.md")
    os.mkfifo(folder / "pipe.md")
    assert entries(folder, named) == ["a"]


ZIP = io.BytesIO()
with zipfile.ZipFile(ZIP, "w") as archive:
    archive.writestr("word/document.xml", "<w:document/>")


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"# T\n\xff\xfe", 2, "not UTF-8"),
        (b"# T\n\n\x00", 3, "NUL"),
        (b"x" * (MAX_SIZE + 1), 0, "larger than 4 MiB. Split it: several files can be imported together"),
        ("# T\nCaf\u00e9".encode("latin-1"), 2, "Windows-1252 or Latin-1 (ISO 8859-1). Save the file as UTF-8"),
        ("# T\n\n\u201cA\u201d".encode("cp1252"), 3, "it looks like Windows-1252. Save the file as UTF-8"),
        ("# T\n\nHello".encode("utf-16"), 0, "this file is UTF-16, not UTF-8. Save the file as UTF-8"),
        ("# T\n\nHello".encode("utf-16-le"), 0, "UTF-16LE"),
        ("# T\n\nHello".encode("utf-16-be"), 0, "UTF-16BE"),
        ("# T\n\nHello".encode("utf-32"), 0, "UTF-32"),
        (ZIP.getvalue(), 0, "this is a Word document, not Markdown. Convert it first: pandoc -f docx -t gfm faq.md"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", 0, "an old Word document"),
        (b"%PDF-1.7", 0, "a PDF"),
        (b"{\\rtf1 x}", 0, "pandoc -f rtf"),
        (b"<!DOCTYPE html>\n<h1>FAQ</h1>", 0, "this is HTML, not Markdown. Convert it first: pandoc -f html -t gfm"),
        (b"<h2>Is it?</h2>\n<p>Yes.</p>\n<h2>Why?</h2>\n<p>So.</p>", 0, "this is HTML"),
        (b"= FAQ\n:toc:\n\n== Is it?\n\nYes.\n\n[source,java]\n----\n# x\n----\n", 0, "pandoc -f asciidoc -t gfm"),
        (b"FAQ\n===\n\nIs it?\n------\n\nYes, see :ref:`that`.\n\n.. note::\n\n   So.\n", 0, "pandoc -f rst -t gfm"),
        (b"== Is it? ==\nYes, [[that|this]].\n\n== Why? ==\nSo.\n", 0, "MediaWiki"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes, line: int, reason: str) -> None:
    (tmp_path / "faq.md").write_bytes(data)
    with pytest.raises(DocumentRefused) as refused:
        read_document(tmp_path / "faq.md")
    assert [(fault.line, reason in fault.reason) for fault in refused.value.faults] == [(line, True)], refused.value


@pytest.mark.parametrize(
    ("name", "kind"),
    [("faq.adoc", "AsciiDoc"), ("faq.RST", "reStructuredText"), ("faq.html", "HTML"), ("faq.docx", "a Word document")],
)
def test_other_formats_are_known_by_their_extension(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_text("# T\n\n## Is it?\n\nYes.\n")
    with pytest.raises(
        DocumentRefused, match=f"this is {kind}, not Markdown. Convert it first: pandoc -f .* -o faq.md"
    ):
        read_document(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    [
        "Is it?\n======\n\nYes. Use `code`__ or ::\n\n- one\n",
        "# T\n\n## Is it?\n\n```\n.. note::\n:toc:\n== x\n```\n",
        "## Is it?\n\n<p>Yes.</p>\n<p>No.</p>\n<p>So.</p>\n",
        "# T\n\n## Is `x == y`?\n\n== not ==\n",
    ],
)
def test_markdown_is_not_taken_for_another_format(tmp_path: Path, text: str) -> None:
    (tmp_path / "faq.md").write_text(text)
    assert len(read_document(tmp_path / "faq.md").entries) == 1


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "gone.md", tmp_path / "pipe", Path("a\0b")):
        with pytest.raises(DocumentRefused):
            read_document(path)


def test_a_byte_order_mark_and_windows_line_ends_are_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "faq.md").write_bytes(b"\xef\xbb\xbf# T\r\n## S\r\n### A?\r\nA.\r\n")
    assert read_document(tmp_path / "faq.md").entries[0].answer == "A."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dit is een antwoord dat u kunt lezen.", "nl"),
        ("This is an answer that you can read.", "en"),
        ("Das ist eine Antwort, die Sie lesen können.", None),
        ("C'est une réponse que vous pouvez lire.", None),
        ("VPN BGP IKEv2 10.0.0.0/16", None),
        ("```\nthis is the code that you can read\n```", None),
        ("", None),
    ],
)
def test_the_language_of_a_text_is_noticed(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Как изменить имя пользователя? Откройте настройки и выберите профиль.", "a language in Cyrillic letters"),
        ("如何更改用户名？打开设置并选择配置文件，然后保存。", "a language in Cjk letters"),
        (
            "Wie kann ich das Kennwort ändern? Sie können es in den Einstellungen ändern, wenn Sie angemeldet sind.",
            "German",
        ),
        ("Comment changer le mot de passe ? Vous pouvez le changer dans les paramètres de votre compte.", "French"),
        (
            "¿Cómo cambio la contraseña? Puede cambiarla en la página de su cuenta, con el nombre del usuario.",
            "Spanish",
        ),
        ("Jak zmienić hasło? Może Pan je zmienić na stronie konta, jeśli nie jest to konto dla firmy.", "Polish"),
        ("Hoe kan ik het wachtwoord wijzigen? Dat kunt u doen bij de instellingen van uw account.", None),
        ("How can I change the password? You can do that in the settings of your account.", None),
        ("Kan ik de VPN-gateway met Ping testen? Ja.", None),
        ("What is a gateway?\nA device.\n\nWhat is a tunnel?\nAn encrypted path.", None),
        ("Is a license included?\nA license is included.", None),
        ("Is a VPN a must?\nNo. A VPN is a choice.\n\nIs a router a must?\nYes. A router is a must.", None),
        ("Is a tunnel a path? A tunnel is a path, e.g. in a VPN. Is a VPN a must? A VPN is a choice. " * 8, None),
        ("De router is de poort. De tunnel is de weg. Is de gateway een must? De gateway is een must.", None),
        ("Is de licentie inbegrepen? De licentie is inbegrepen. Wie is de eigenaar? De beheerder. " * 8, None),
        ("Men had de prijs per maand. De poort is open, de tunnel is op, en je kan over de min.", None),
        ("Was ist ein Tunnel? Ein Tunnel ist eine verschlüsselte Verbindung für Netze.", "German"),
        ("Mi az az alagút? Az alagút egy kapcsolat két hálózat között. Hogy kell beállítani, és ez mi?", "Hungarian"),
        ("Hoekom werk dit nie? Jy kan hierdie profiel nie gebruik vir jou rekening nie; ons sal help.", "Afrikaans"),
        (
            "Ce este un tunel? Tunelul unește rețele, iar datele trec criptate prin acesta. " * 8,
            "neither Dutch nor English",
        ),
        (
            "Kako promijeniti lozinku? Možete ju promijeniti na stranici svog računa, ako ste prijavljeni. " * 8,
            "neither Dutch nor English",
        ),
        ("Configure gateway subnets. Select Standard tier. Review diagnostic logs. Verify thumbprints. " * 9, None),
        ("Gateway tier throughput tunnels Basic Standard Premium zone redundant active passive static " * 9, None),
        ("Configureer gatewaysubnetten. Kies standaardlaag. Bekijk logboeken. Controleer vingerafdrukken. " * 9, None),
        ("Financiële gegevens: één geïnstalleerd apparaat, coördinatie, tweeëntwintig poorten. " * 9, None),
        ("Supported regions: Zürich, São Paulo, Kraków, Malmö, İstanbul, Brașov, Gdańsk, Århus. " * 9, None),
        ("Supported: Los Angeles, El Paso, La Paz, Las Vegas, Del Rio, Les Deux Alpes, Le Havre, Des Moines.", None),
        ("Basic, Standard, HighPerformance: 10, 10, 30 S2S tunnels.", None),
        ("IKEv2 AES256 SHA256 DHGroup14", None),
        ("Was ist das?", None),
        ("What is a gateway? A device. What is a tunnel? An encrypted path.", None),
        ("Is a license included? A license is included.", None),
        ("Is a VPN a must? No. A VPN is a choice. Is a router a must? Yes. A router is a must.", None),
        ("Is de gateway de router? Nee, de gateway is de gateway van de hub.", None),
        ("Mi az a VPN? Ez egy alagút, ha a hálózat nem biztonságos.", "Hungarian"),
        ("", None),
        ("The word «мир» is Russian, and this is how you write it.", None),
        (" ".join(["Azure ExpressRoute gateway"] * 20) + " can be used with the VPN that you have.", None),
    ],
)
def test_a_text_in_another_language_is_noticed(text: str, language: str | None) -> None:
    assert foreign_language_of(text) == language


def test_the_real_documents_are_read_whole_where_they_are_at_hand() -> None:
    corpus = Path(__file__).parents[4] / "shared" / "corpus"
    found = {path.name: read_document(path) for path in sorted(corpus.glob("vpn-*.md"))}
    for name, document in found.items():
        main, dutch = name.startswith("vpn-gateway-vpn-faq"), ".nl" in name
        bgp = 19 if dutch else 18
        assert len(document.entries) == (49 + bgp if main else bgp), name
        assert all(" is relative" in warning.reason for warning in document.warnings), name
        assert language_of(" ".join(entry.answer for entry in document.entries)) == ("nl" if dutch else "en")
        assert bare(parse_markdown(write_markdown(document), "", lambda path: None)) == bare(document)
        assert bare(parse_yaml(write_yaml(document), "")) == bare(document)
    mains = [document for name, document in found.items() if name.startswith("vpn-gateway-vpn-faq")]
    own = [[entry.slug for entry in document.entries if entry.section != "bgp"] for document in mains]
    assert own[:1] == own[1:]


@pytest.mark.parametrize("is_yaml", [False, True])
def test_a_document_of_too_many_questions_is_refused_before_anything_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_yaml: bool
) -> None:
    path = tmp_path / "faq.md"
    document = parse_markdown("# T\n## S\n### A?\nA.\n### B?\nB.\n### C?\nC.\n", "faq.md", lambda path: None)
    path.write_text(write_yaml(document) if is_yaml else write_markdown(document))
    monkeypatch.setattr("faq.documents.files.MOST_ENTRIES", 3)
    assert len(read_document(path).entries) == 3
    monkeypatch.setattr("faq.documents.files.MOST_ENTRIES", 2)
    with pytest.raises(DocumentRefused) as refused:
        read_document(path)
    assert [fault.reason for fault in refused.value.faults] == ["has 3 questions; the most is 2"]
