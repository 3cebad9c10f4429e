"""Two sentences are cut where they begin to differ."""

from accord.web.publishing.shown import Piece, pieces


def test_only_the_words_that_differ_are_marked() -> None:
    before, after = pieces("All 30 Allies contribute.", "All 31 Allies contribute.")
    assert before == [Piece("All ", False), Piece("30", True), Piece(" ", False), Piece("Allies contribute.", False)]
    assert [piece.text for piece in after if piece.is_changed] == ["31"]


def test_nothing_is_lost_between_the_pieces() -> None:
    sentences = ("The mission works from Naples.", "The whole mission has worked from Naples, outside Iraq.")
    before, after = pieces(*sentences)
    assert ("".join(p.text for p in before), "".join(p.text for p in after)) == sentences


def test_sentences_with_little_in_common_are_marked_whole() -> None:
    before, after = pieces("One two three four.", "Quite another sentence stands here.")
    assert [p.is_changed for p in before + after] == [True, True]


def test_what_is_new_has_nothing_beside_it() -> None:
    assert pieces("", "New.") == ([], [Piece("New.", True)])
    assert pieces("Gone.", "") == ([Piece("Gone.", True)], [])
