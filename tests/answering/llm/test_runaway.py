"""What counts as running on."""

from rag.answering.llm.runaway import Runaway


def repeats_at(text, size=3):
    runaway = Runaway(10_000)
    for at in range(0, len(text), size):
        if runaway.repeats(text[at : at + size]):
            return at
    return None


def test_a_sentence_the_fourth_time():
    sentence = "The method is faster than others [1]. "
    assert repeats_at(sentence * 3 + "Well. ") is None
    assert repeats_at(sentence * 5) is not None


def test_markers_and_stops_do_not_make_a_sentence_another():
    assert repeats_at("".join(f"The method is faster than others [{n}].\n" for n in range(5))) is not None


def test_other_sentences_between_do_not_hide_it():
    said = "".join(f"The method is faster than others. And so says paper number {n}. " for n in range(6))
    assert repeats_at(said) is not None


def test_short_lines_may_come_again_but_not_in_a_row():
    assert repeats_at("".join(f"Paper {n}:\n- not reported\n" for n in range(9))) is None
    assert repeats_at("No. " * 6) is not None


def test_other_numbers_are_other_sentences():
    assert repeats_at("".join(f"The method reaches {n} points on the test.\n" for n in range(9))) is None


def test_rulers_and_tables_are_not_words():
    assert repeats_at("| --- | --- |\n" * 9 + "---\n" * 9) is None


def test_other_scripts_have_words_too():
    assert repeats_at("这个方法更快。\n" * 9) is not None


def test_deltas_and_characters_are_counted():
    deltas = Runaway(5)
    assert [deltas.endless("aaa") for _ in range(11)] == [False] * 10 + [True]
    characters = Runaway(5)
    assert not characters.endless("a" * 60)
    assert characters.endless("a")


def test_a_phrase_repeated_within_a_sentence_is_noticed() -> None:
    runaway = Runaway(1000)
    phrase = "and the spiking network is used for the "
    assert not any(runaway.repeats(word) for word in ("It is a network ", *phrase.split(), phrase, phrase))
    assert runaway.repeats(2 * phrase)


def test_a_wide_table_is_no_repetition() -> None:
    assert not Runaway(1000).repeats("|---" * 60)
