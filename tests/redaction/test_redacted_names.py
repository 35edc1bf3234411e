"""Names of customers, of agents and of strangers, and the words that only look like names."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.redaction import compose
from consistency_check.redaction.cues import NAME_CUES, find_named
from consistency_check.redaction.words import read_name_words, read_plain_words

SAMIR = {"customer_id": "TB-1001", "name": "Samir Abara", "email": "samir@mail.example", "agent": "Kim Lee"}


@pytest.mark.parametrize("cue", NAME_CUES, ids=lambda cue: cue.met[1])
def test_each_cue_finds_its_name_and_not_what_it_must_miss(cue):
    text, name = cue.met
    assert name in [found["name"] for found in cue.pattern.finditer(text)]
    assert not cue.pattern.search(cue.missed)
    assert (text.index(name), name) in list(find_named(text))


def test_all_forms_of_a_name_are_one_person(make_redactor):
    redactor = make_redactor(SAMIR)
    person = redactor.name_person("TB-1001", "Samir Abara")
    for written in ("Samir", "samir abara", "Mr Abara", "SAMIR", "S. Abara", "Abara, Samir", "Sámir"):
        shown = redactor.redact_text(f"well {written} asked", "TB-1001")
        assert shown.count(person) == 1 + (", " in written), written
        assert "amir" not in shown.casefold() and "abara" not in shown.casefold()


def test_a_person_and_the_customer_end_alike(make_redactor):
    redactor = make_redactor(SAMIR)
    person, customer = redactor.name_person("TB-1001", "Samir"), redactor.name_customer("TB-1001")
    assert person.removeprefix("person-") == customer.removeprefix("customer-")
    assert redactor.name_person("TB-1001", "") == ""


def test_nicknames_possessives_and_apostrophes(make_redactor):
    redactor = make_redactor({"customer_id": "C-10023", "name": "Robert O'Neill"})
    for text in ("ask Bob", "Robert's parcel", "Mr O’Neill", "mr oneill", "bob's"):
        shown = redactor.redact_text(text, "C-10023").casefold()
        assert not {"bob", "robert", "neill"} & set(shown.replace("'", " ").split()), shown


def test_a_name_that_is_a_word_is_one_only_with_a_capital(make_redactor):
    redactor = make_redactor({"customer_id": "C-10023", "name": "Will May"})
    shown = redactor.redact_text("you will, Will, and it may be so", "C-10023")
    assert shown.startswith("you will, person-") and shown.endswith(", and it may be so")


def test_a_stranger_of_that_name_changes_no_month(make_redactor):
    redactor = make_redactor({"customer_id": "C-10023", "name": "April May"}, SAMIR)
    assert redactor.redact_text("Until May, or in April.", "TB-1001") == "Until May, or in April."
    assert "person-" in redactor.redact_text("as April May was told", "TB-1001")


def test_the_policies_words_are_no_strangers_name(make_redactor):
    royal = {"customer_id": "C-10023", "name": "Tara Royal"}
    policy = ("post.carrier", "choice", "mail", "Letters go by Royal Mail.")
    assert "Royal" in make_redactor(royal, SAMIR, policies=[policy]).redact_text("by Royal Mail", "TB-1001")
    assert "Royal" not in make_redactor(royal, SAMIR).redact_text("by Royal Mail", "TB-1001")


def test_agents_in_texts_are_as_in_their_column(make_redactor):
    redactor = make_redactor(SAMIR, {"customer_id": "C-10023", "name": "Dana", "agent": "Bea Long"})
    kim, bea = redactor.name_agent("Kim Lee"), redactor.name_agent("Bea Long")
    shown = redactor.redact_text("Bea told you so. Regards,\nKim", "TB-1001", "Kim Lee")
    assert shown == f"{bea} told you so. Regards,\n{kim}"
    assert kim.startswith("agent-") and redactor.name_agent("") == ""


def test_another_customers_name_is_their_pseudonym(make_redactor):
    redactor = make_redactor(SAMIR, {"customer_id": "C-10023", "name": "Dana Whitfield"})
    dana = redactor.name_person("C-10023", "Dana Whitfield")
    assert redactor.redact_text("It went to Dana Whitfield.", "TB-1001") == f"It went to {dana}."


def test_people_whom_no_record_names(make_redactor):
    redactor = make_redactor(SAMIR)
    for text in (
        "Dear Petronella,",
        "my husband Ignatius said",
        "Mrs Quill called",
        "Kind regards,\nOttoline",
    ):
        shown = redactor.redact_text(text, "TB-1001")
        assert not {"Petronella", "Ignatius", "Quill", "Ottoline"} & set(shown.replace(",", " ").split())
    assert (
        redactor.redact_text("Dear Customer, Good morning Madam", "TB-1001")
        == "Dear Customer, Good morning Madam"
    )


GRACE = {"customer_id": "C-10023", "name": "Grace Okafor"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dear Mark Thompson, hello", "Dear *, hello"),
        ("I spoke to Rose Thompson", "I spoke to *"),
        ("then Mr Baker called", "then Mr * called"),
        ("Ms. Young is here", "Ms. * is here"),
        ("Thanks! Mrs. Young will call", "Thanks! Mrs. * will call"),
        ("my husband Mark said", "my husband * said"),
        ("my name is Dawn", "my name is *"),
        ("Kind regards,\nPenny", "Kind regards,\n*"),
        ("Dear Doctor Long, dear Councillor Marsh,", "Dear Doctor *, dear Councillor *,"),
        ("Hi Dana May, it is here", "Hi *, it is here"),
        ("Hi Dana May I ask", "Hi * May I ask"),
        ("my friend Will told me", "my friend * told me"),
        ("it's Rose again", "it's * again"),
    ],
)
def test_a_strangers_name_that_is_a_word_goes_behind_a_cue(make_redactor, text, shown):
    made = make_redactor(SAMIR, GRACE).redact_text(text, "TB-1001")
    assert re.sub(r"person-[0-9a-f]{12}", "*", made) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Dear Customer, Good morning Madam, Dear Sir Or Madam",
        "Hello, May I ask",
        "Hi, Will you call",
        "thanks, June 5 it is",
        "Dear Gold Member, welcome",
        "now that I'm Gold again",
        "SMS says 89, Chat says 98",
        "as Rose said",
    ],
)
def test_words_behind_a_cue_that_name_nobody_stay(make_redactor, text):
    assert make_redactor(SAMIR, {"customer_id": "C-10023", "name": "Rose Gold"}).redact_text(text) == text


def test_a_fare_that_policies_name_is_nobody(make_redactor):
    policy = ("fare.kind", "choice", "flexible", "Gold Saver fares are flexible, with no grace period.")
    redactor = make_redactor(SAMIR, policies=[policy])
    assert redactor.redact_text("a fare called Gold Saver", "TB-1001") == "a fare called Gold Saver"
    assert "Grace" not in redactor.redact_text("Dear Grace, a fare", "TB-1001")


def test_a_known_name_that_is_a_word_is_its_bearers_behind_a_cue(make_redactor):
    redactor = make_redactor({**SAMIR, "agent": "Penny Lane"}, GRACE)
    grace, penny = redactor.name_person("C-10023", "Grace"), redactor.name_agent("Penny Lane")
    assert redactor.redact_text("Dear Grace, hello", "TB-1001") == f"Dear {grace}, hello"
    assert redactor.redact_text("Mr Mark Okafor asked", "TB-1001") == f"Mr {grace} asked"
    assert redactor.redact_text("It is here.\n\nBest,\nPenny", "TB-1001") == f"It is here.\n\nBest,\n{penny}"


def test_no_word_is_both_a_name_and_none():
    plain, names = read_plain_words(), read_name_words()
    assert all(word.isalpha() and word.islower() for word in plain | names)
    assert {"customer", "madam", "monday"} <= plain and {"will", "may", "grace"} <= names
    assert not plain & names


def test_a_surname_that_no_record_holds_goes_with_the_given_name(make_redactor):
    redactor = make_redactor({"customer_id": "C-10023", "name": "Dana", "agent": "Kim"})
    dana, kim = redactor.name_person("C-10023", "Dana"), redactor.name_agent("Kim")
    shown = redactor.redact_text("Hi Dana Whitfield, regards,\nKim O'Shea\nthe team", "C-10023", "Kim")
    assert shown == f"Hi {dana}, regards,\n{kim}\nthe team"
    assert redactor.redact_text("Hi Dana You have 30 days", "C-10023") == f"Hi {dana} You have 30 days"


def test_a_name_with_a_slip_in_it_is_the_customers(make_redactor):
    redactor = make_redactor({"customer_id": "C-10023", "name": "Eva Svoboda"})
    person = redactor.name_person("C-10023", "Eva")
    assert (
        redactor.redact_text("written Svobda, not Svobodda", "C-10023") == f"written {person}, not {person}"
    )
    assert redactor.redact_text("written Slovenia", "C-10023") == "written Slovenia"


LUCIA = {"customer_id": "C-10024", "name": "Lucía Fernández", "agent": "Zoë Brontë"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("record", ["NFC", "NFD"])
def test_letters_whose_accents_are_written_apart(make_redactor, form, record):
    known = {name: unicodedata.normalize(record, said) for name, said in LUCIA.items()}
    redactor = make_redactor(known)
    person, zoe = redactor.name_person("C-10024", "Lucía"), redactor.name_agent("Zoë Brontë")
    text = unicodedata.normalize(form, "Dear Lucía Fernández, lucía. Dear Mr Gómez, Regards,\nZoë")
    shown = redactor.redact_text(text, "C-10024", known["agent"])
    gomez = redactor.redact_text("Mr Gómez", "C-10024").removeprefix("Mr ")
    assert shown == f"Dear {person}, {person}. Dear Mr {gomez}, Regards,\n{zoe}"
    path = unicodedata.normalize(form, "WhatsApp Chat with Lucía.txt:3")
    assert redactor.redact_id(path, "C-10024") == f"WhatsApp Chat with {person}.txt:3"
    assert redactor.redact_id(path) == f"WhatsApp Chat with {person}.txt:3"


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200d", "\u200e", "\u2060", "\u0323", "\ufe0f"])
def test_what_is_hidden_in_a_name_hides_nobody(make_redactor, hidden):
    redactor = make_redactor(SAMIR)
    person = redactor.name_person("TB-1001", "Samir")
    assert redactor.redact_text(f"so S{hidden}amir{hidden} asked", "TB-1001") == f"so {person} asked"
    key = f"you are TB-10{hidden}01."
    assert redactor.redact_text(key, "TB-1001") == f"you are {redactor.name_customer('TB-1001')}."


@given(
    st.text(
        st.sampled_from("aéo\u0301\u0323\u00ad\u200d 1가\u1100\u1161\u11a8ﬁ\u05d0\u05b8👍\ufe0f"), max_size=20
    )
)
def test_each_sign_of_a_composed_text_has_its_place(text):
    composed = compose(text)
    if composed.text != text:
        assert len(composed.text) == len(composed.starts) == len(composed.ends)
    for sign, start, end in zip(composed.text, composed.starts, composed.ends, strict=composed.text != text):
        assert sign in unicodedata.normalize("NFC", re.sub("[\u00ad\u200d\ufe0f]", "", text[start:end]))
    assert composed.text == compose(unicodedata.normalize("NFC", text)).text
