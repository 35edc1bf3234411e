"""HTML, signatures, notices, footers and encodings: what programs add goes, what people wrote stays."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.load.cleaning import (
    Footers,
    clean_mail,
    decode_text,
    mend,
    read_html,
    strip_notices,
    strip_signature,
)

PAGES = [
    ("<p>It costs <span>$25</span><span>.50</span>.<br>Bye</p>", "It costs $25.50.\nBye"),
    ("<p>one</p>\n<p>two</p><div>three</div><div>four</div>", "one\n\ntwo\n\nthree\nfour"),
    ("<div>one</div><div><br></div><div>two<br></div>three", "one\n\ntwo\nthree"),
    ("<ul><li>a<li>b</ul><ol start=3><li>c</li><li>d</li></ol>", "- a\n- b\n\n3. c\n4. d"),
    (
        "<table><tr><th>Size</th><th>Price</th></tr><tr><td>XL</td><td>$10</td></tr></table>",
        "Size\tPrice\nXL\t$10",
    ),
    ("<table>\n<tr>\n<td> a </td>\n<td></td>\n<td><b>b</b></td>\n</tr>\n</table>", "a\t\tb"),
    ("<table><tr><td><p>only</p></td></tr></table>", "only"),
    ("&amp;&nbsp;&euro;&#8364;&#x20AC;&unknown; &lt;b&gt;", "& €€€&unknown; <b>"),
    ("&#99999999999999;ok", "\ufffdok"),
    ("3 < 5 and 7 > 2, write to <jane@mail.example>", "3 < 5 and 7 > 2, write to <jane@mail.example>"),
    (
        "a<div style='display: none'>preheader</div><p hidden>b</p><span style='font-size:0px'>c</span>d",
        "a\n\nd",
    ),
    ("<b style='font-size:0.9em; opacity: 0.8'>shown</b>", "shown"),
    ("<p style=display:none>gone<p>there", "there"),
    ("<div style='display:none'>all that there is</div>", "all that there is"),
    ("<script>alert('<p>a</p>')</script><style>p{}</style><!-- b --><title>t</title>c", "c"),
    ("<!--[if mso]><p>Outlook</p><![endif]-->seen<![if !mso]> twice<![endif]>", "seen twice"),
    ("<!-- never closed <p>kept</p>", "never closed\n\nkept"),
    ('<a title="a > b" href=x>link</a>', "link"),
    ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
    ("un<b>clo<i>sed</b> tags</i></p></div> here", "unclosed tags here"),
    ("soft\u00adhyphen\u200b and\u00a0space", "softhyphen and space"),
    (
        "On 5 March wrote:<blockquote type=cite>q<br>r<p>s</blockquote>own",
        "On 5 March wrote:\n\n> q\n> r\n>\n> s\n\nown",
    ),
    ("<blockquote>set in</blockquote>", "set in"),
    ("", ""),
    ("no tags", "no tags"),
]


@pytest.mark.parametrize(("html", "text"), PAGES)
def test_html_is_read_as_a_person_reads_it(html: str, text: str) -> None:
    assert read_html(html) == text


def test_a_mail_of_gmail_is_cut_at_its_quote() -> None:
    html = (
        '<div dir="ltr">You have <b>30 days</b>.</div><br><div class="gmail_quote"><div class="gmail_attr">'
        "On Tue, 5 Mar 2026 at 14:05, Jane &lt;<a>jane@mail.example</a>&gt; wrote:<br></div>"
        '<blockquote class="gmail_quote"><div>How long?</div></blockquote></div>'
    )
    assert clean_mail(read_html(html)) == "You have 30 days."


def test_a_mail_of_outlook_is_cut_at_its_headers() -> None:
    html = (
        "<p class=MsoNormal>You have 30 days.<o:p></o:p></p><div style='border-top:solid'><p class=MsoNormal>"
        "<b>From:</b> Jane &lt;jane@mail.example&gt;<br><b>Sent:</b> Tuesday, 5 March 2026<br>"
        "<b>To:</b> Help<br><b>Subject:</b> Lamp<o:p></o:p></p></div><p>How long?</p>"
    )
    assert clean_mail(read_html(html)) == "You have 30 days."


TAGS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<ul>",
            "<li>",
            "</ul>",
            "<table>",
            "<td>",
            "</table>",
            "<!--",
            "-->",
        ),
        *(
            "<blockquote type=cite>",
            "</blockquote>",
            "<pre>",
            "</pre>",
            "<br>",
            "&amp;",
            "&#",
            "<a href='",
            '"',
        ),
    ]
)


@given(st.lists(TAGS | st.text(alphabet="ab \n", max_size=5), max_size=30).map("".join))
def test_html_with_words_never_comes_out_empty(html: str) -> None:
    text = read_html(html + "\n'\">-->word")
    assert "word" in text
    assert text == read_html(html + "\n'\">-->word")


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<b>",
        "<",
        "<a",
        '<a "',
        "<!--",
        "<!",
        "<script>",
        "&",
        "<br>",
        "<table><tr><td>",
        "</p>",
        "<ul><li>",
    ],
)
def test_hostile_html_takes_linear_time(piece: str) -> None:
    started = time.process_time()
    read_html(piece * (500_000 // len(piece)) + "word")
    assert time.process_time() - started < 5


SIGNED = [
    ("30 days.\n\nKind regards,\nAnna Smith\nShop Ltd\n+44 20 7946 0000", "30 days."),
    ("30 Tage.\n\nMit freundlichen Grüßen\nAnna Schmidt", "30 Tage."),
    ("30 jours.\n\nCordialement,\nAnna", "30 jours."),
    ("Yes.\n-- \nAnna\nShop Ltd, where you have 60 days.", "Yes."),
    ("Yes.\n--\nAnna", "Yes."),
    ("Yes.\n\nSent from my iPhone", "Yes."),
    ("Yes.\n\nGet Outlook for iOS<https://mail.example>", "Yes."),
    ("Yes.\n\nThanks,\nAnna\n\nVon meinem iPhone gesendet", "Yes."),
    # Something is said below the closing, or nothing above it.
    ("30 days.\n\nKind regards,\nAnna\n\nP.S. Gold members have 60 days.", None),
    ("30 days.\n\nKind regards,\nAnna\n\nDelivery costs $5", None),
    ("Yes.\n\nThanks\nWe will refund you within 30 days.", None),
    ("Kind regards,\nAnna", None),
    ("Hi Jane,\n\nKind regards,\nAnna", None),
    ("Thanks for the photo.\nYou have 30 days.", None),
    ("Best to send it back within 30 days", None),
    ("Sent from our warehouse on Monday. You have 30 days.", None),
]


@pytest.mark.parametrize(("text", "own"), SIGNED)
def test_signatures_go_and_answers_stay(text: str, own: str | None) -> None:
    assert strip_signature(text) == (text if own is None else own)


NOTICE = "This e-mail is confidential and for the intended recipient. If you received it in error, delete it."


def test_legal_notices_at_the_end_go() -> None:
    assert strip_notices(f"30 days.\n\n{NOTICE}\n\nCompany number 12, registered in England\n") == "30 days."
    assert clean_mail(f"30 days.\n\nKind regards,\nAnna\n\n{NOTICE}") == "30 days."


@pytest.mark.parametrize(
    "text",
    [NOTICE, f"{NOTICE}\n\n30 days.", "Your data are confidential.", "30 days.\n\nIt is confidential."],
)
def test_what_is_no_notice_at_the_end_stays(text: str) -> None:
    assert strip_notices(text) == text


SLOGAN = "Best,\nAnna\nShop Ltd\nReturn anything you like within 90 days, no questions asked!"


def learn(*texts: str) -> Footers:
    footers = Footers()
    for text in texts:
        footers.learn("anna", text)
    return footers


def test_a_footer_under_different_answers_is_learned() -> None:
    footers = learn(*(f"Answer {number}.\n\n{SLOGAN}" for number in range(3)), "Another.")
    assert footers.strip("anna", f"You have 30 days.\n\n{SLOGAN}") == "You have 30 days."
    assert footers.strip("bert", f"You have 30 days.\n\n{SLOGAN}").endswith("asked!")
    assert footers.strip("anna", SLOGAN) == SLOGAN
    assert footers.strip("anna", f"Hi Jane,\n{SLOGAN}") == f"Hi Jane,\n{SLOGAN}"


def test_an_answer_that_is_given_often_stays() -> None:
    usual = "You have 30 days to send it back."
    footers = learn(*(f"Hello customer {number},\n\n{usual}" for number in range(50)))
    assert footers.strip("anna", f"Hello Jane,\nYes.\n\n{usual}").endswith(usual)


def test_copies_of_one_answer_and_rare_endings_teach_nothing() -> None:
    text = f"You have 30 days.\n\n{SLOGAN}"
    assert learn(*[text] * 20).strip("anna", text) == text
    rare = [f"Answer {number}." for number in range(20)]
    assert learn(*rare, *(f"{each}\n\n{SLOGAN}" for each in rare[:3])).strip("anna", text) == text


def test_what_is_learned_does_not_depend_on_order() -> None:
    texts = [f"Answer {number}.\n\n{SLOGAN}" for number in range(8)]
    one, other = learn(*texts, "x"), learn("x", *reversed(texts))
    assert [one.strip("anna", text) for text in texts] == [other.strip("anna", text) for text in texts]


@given(st.lists(st.text(alphabet="ab\n-", max_size=12).map(lambda text: f"{text}\nBest,\nAnna"), min_size=3))
def test_a_footer_never_empties_a_reply(texts: list[str]) -> None:
    footers = learn(*texts)
    for text in texts:
        stripped = footers.strip("anna", text)
        assert stripped.strip() and text.startswith(stripped)


@pytest.mark.parametrize("text", ["Café – 30 €", "Grüße, „ja“", "Привет, это стоит 5 €", "お元気ですか"])
def test_text_in_the_wrong_encoding_is_mended(text: str) -> None:
    data = text.encode()
    assert mend(text) == text
    assert mend(data.decode("latin-1")) == text
    assert (
        decode_text(data) == decode_text(data, "iso-8859-1") == decode_text(data, "no-such-charset") == text
    )


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        ("Grüße – 5 €", "cp1252", "iso-8859-1"),
        ("Grüße – 5 €", "cp1252", "us-ascii"),
        ("Grüße", "cp1252", ""),
        ("Привет, это стоит пять", "koi8-r", "koi8-r"),
        ("返品は三十日以内です", "iso-2022-jp", "iso-2022-jp"),
        ("返品は三十日以内です", "shift_jis", "shift_jis"),
        ("退货期为三十天", "gb18030", "gb2312"),
        ("Grüße", "utf-16", ""),
        ("Grüße", "utf-8", "punycode"),
        ("Grüße", "utf-8", "idna"),
        ("Grüße", "utf-8", "hex"),
    ],
)
def test_bytes_are_read_whatever_they_say_of_themselves(text: str, charset: str, declared: str) -> None:
    assert decode_text(text.encode(charset), declared) == text


@given(
    st.binary(max_size=60),
    st.sampled_from(["", "utf-8", "utf-7", "utf-16", "latin-1", "big5", "\0", "x" * 99]),
)
def test_any_bytes_become_text(data: bytes, declared: str) -> None:
    assert isinstance(decode_text(data, declared), str)


@given(st.text(max_size=40))
def test_mending_leaves_ascii_alone_and_never_fails(text: str) -> None:
    assert isinstance(mend(text), str)
    ascii_text = text.encode("ascii", "ignore").decode()
    assert mend(ascii_text) == ascii_text
