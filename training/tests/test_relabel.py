"""Words that the dictionary lacks are spelled as they were heard."""

from euphone_train.train.relabel import spell_unknown, split_words


def test_an_unknown_word_takes_what_was_heard_between_its_neighbours() -> None:
    words = [[(1, 2, 3)], [], [(4, 5)]]
    filled = spell_unknown([1, 2, 3, 9, 8, 7, 4, 5], words)
    assert filled == [[(1, 2, 3)], [(9, 8, 7)], [(4, 5)]]
    assert spell_unknown([1, 2, 3, 4, 5], words) is None


def test_a_phone_sequence_is_cut_back_into_its_words() -> None:
    words = [[(1, 2), (1,)], [], [(4, 5)]]
    assert split_words((1, 9, 8, 4, 5), words) == [(1,), (9, 8), (4, 5)]
    assert split_words((3, 9, 8, 4, 5), words) is None
