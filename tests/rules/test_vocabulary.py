"""The portal's words that decide: closed lists, whole words, no default."""

from __future__ import annotations

import pytest

from rpa.aftercare.follow import _OUTCOMES, outcome_words
from rpa.rules import vocabulary
from rpa.rules.vocabulary import (
    ACTIONS,
    ALL,
    EMPLOYER,
    GENDERS,
    KEPT,
    KINDS,
    OPEN,
    PLACEHOLDERS,
    REMARKS,
    SENT,
    STATUS,
    Status,
    UnknownWord,
    Vocabulary,
    alike,
    status_of,
    status_of_sent,
)

DRAFT_ROW, SENT_ROW = ["Kemaskini", "Buang"], ["Papar"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Draf", Status.DRAFT),
        (" draft\n", Status.DRAFT),
        ("Diluluskan", Status.APPROVED),
        ("DITOLAK", Status.REJECTED),
        ("Query", Status.UNDER_QUERY),
        ("The Case Is Under Query.", Status.UNDER_QUERY),
        ("under   query", Status.UNDER_QUERY),
        ("Pending for Review", Status.PENDING),
        ("The case is under enforcement.", Status.UNDER_ENFORCEMENT),
    ],
)
def test_a_status_is_known_in_both_languages(word: str, status: Status) -> None:
    """Whatever the case and the blanks."""
    assert STATUS.read(word) is status
    assert status_of(word, []) is status


@pytest.mark.parametrize(
    "word", ["", "Diterima", "Selesai", "Completed", "Received", "Drafted", "Not Approved", "?"]
)
def test_any_other_word_is_no_status(word: str) -> None:
    """Not a part of one, not the likeliest: nothing is guessed, and the word is said."""
    assert status_of(word, SENT_ROW) is None
    with pytest.raises(UnknownWord) as told:
        STATUS.read(word, "CAN11202600000001")
    assert word in told.value.words.en
    assert told.value.where == "CAN11202600000001"


def test_a_word_that_leaves_it_open_is_decided_by_the_row() -> None:
    """It may be a draft or an officer's turn: its row tells, or nobody does."""
    for word in ("In Progress", "Dalam Proses", "Pending"):
        assert status_of(word, DRAFT_ROW) is Status.DRAFT
        assert status_of(word, SENT_ROW) is Status.PENDING
        for offered in ([], ["Edit"], ["Edit", "Remove", "View"], ["Papar", "Cetak"], ["?"]):
            assert status_of(word, offered) is None
    assert status_of_sent("In Progress") is Status.PENDING


def test_word_and_row_that_contradict_each_other_tell_nothing() -> None:
    """A draft can be taken away, and what was sent cannot."""
    assert status_of("Draft", SENT_ROW) is None
    for word in ("Approved", "Rejected", "Under Query", "Pending for Review"):
        assert status_of(word, SENT_ROW) is not None
        assert status_of(word, DRAFT_ROW) is None
    with pytest.raises(UnknownWord):
        status_of_sent("Draf")


def test_a_sentence_repeats_no_more_than_a_word() -> None:
    """Bounded, without digits; and nothing of a remark, which may name somebody."""
    told = STATUS.unknown("900101 " * 50_000).words
    assert len(told.en) < 200
    assert "9" not in told.en + told.bm
    assert "CONTOH" not in REMARKS.unknown("Tiada CONTOH REKAAN").words.en


def test_every_meaning_has_words_and_every_status_a_place() -> None:
    """A new member without either would be decided by some default."""
    for known in ALL:
        assert all(known.words(meaning) for meaning in known.means.values())
    assert {*ALL, KEPT} >= {STATUS, ACTIONS, EMPLOYER, KINDS, REMARKS, KEPT}
    assert {v for v in vars(vocabulary).values() if isinstance(v, Vocabulary)} == {*ALL, KEPT}
    assert OPEN < SENT
    assert set(Status) - SENT == {Status.DRAFT, Status.IN_PROGRESS, Status.REJECTED}
    assert set(_OUTCOMES) == {*Status, None}


@pytest.mark.parametrize("kept", ["Selesai", "Sedang Disemak Oleh Pegawai"])
def test_a_status_that_an_old_ledger_kept_and_nobody_knows_is_told_as_unread(kept: str) -> None:
    """It was told as *still with the officer*."""
    assert "not been read" in outcome_words(kept, "").en
    assert "rejected" in outcome_words("Ditolak", "").en
    assert "approved" in outcome_words("Approved", "").en


def test_a_choice_of_two_is_the_same_in_both_languages() -> None:
    """A word of Malay is no other gender; what is no choice of two stands for itself."""
    for declared, word in (("Male", "Lelaki"), ("Female", "P"), ("Yes", "Ya"), ("No", "tidak")):
        found = alike(declared)
        assert found is not None
        assert found[0].read(word) == found[0].read(declared)
        assert declared in found[1]
    assert alike("Corporation") is None
    with pytest.raises(UnknownWord):
        GENDERS.read("CONTOH")


def test_what_stands_in_a_drop_down_before_a_choice_is_no_choice() -> None:
    """Only in the words of the list; anything else is what was chosen."""
    assert all(PLACEHOLDERS.knows(w) for w in ("Please Select", "sila pilih"))
    assert not PLACEHOLDERS.knows("Selangor")
