"""What the tutor's language model reads: the project's text, whole topics of it held out."""

from __future__ import annotations

import json
from pathlib import Path

from euphone_train.knowledge import read_articles
from euphone_train.llm.text import SPLIT, answer_of, lesson, pairs_of, passage_id, prose, read_texts

ROOT = Path(__file__).resolve().parents[3]
APART = json.loads(SPLIT.read_text())["topics"]


def test_held_out_topics_exist_and_are_about_one_in_ten():
    articles = {article.id for article in read_articles(ROOT / "data/knowledge")}
    assert all(topic in articles or (ROOT / topic).is_file() for topic in APART)
    assert 0.05 < len([topic for topic in APART if topic in articles]) / len(articles) < 0.2


def test_nothing_of_a_held_out_topic_is_learned_from():
    texts = read_texts(ROOT)
    assert not {pair.passage.split("#")[0] for pair in texts.pairs} & set(APART)
    assert {pair.passage.split("#")[0] for pair in texts.held_out_pairs} <= set(APART)
    assert not {pair.question for pair in texts.pairs} & {pair.question for pair in texts.held_out_pairs}
    assert not set(texts.train) & set(texts.held_out)


def test_the_questions_that_the_search_is_measured_by_are_not_learned_from():
    asked = {json.loads(line)["question"] for line in (ROOT / "docs/eval/questions.jsonl").read_text().splitlines()}
    assert not asked & {pair.question for pair in read_texts(ROOT).pairs}


def test_passages_are_named_as_the_search_names_them():
    named = {passage for line in (ROOT / "docs/eval/questions.jsonl").read_text().splitlines() for passage in json.loads(line)["passages"]}
    there = {passage_id(article, passage) for article in read_articles(ROOT / "data/knowledge") for passage in article.passages}
    assert named <= there


def test_an_answer_is_the_tips_of_a_section_or_the_beginning_of_an_explanation():
    article = next(a for a in read_articles(ROOT / "data/knowledge") if a.id == "contrast/s-th")
    about, tips = article.passages[0], article.passages[1]
    assert answer_of(tips) == " ".join(tips.lines)
    assert " ".join(about.lines).startswith(answer_of(about)) and answer_of(about).count(". ") <= 2
    assert all(pair.answer and pair.question for pair in pairs_of(article))


def test_a_page_is_read_without_code_tables_and_addresses():
    page = "# Title\n\nOne [link](a/b.md) and\nmore.\n\n```\ncode | here\n```\n\n| a | b |\n| --- | --- |\n\n- item\n"
    assert prose(page) == "# Title\n\nOne link and more.\n\n- item"


def test_a_lesson_is_read_without_what_tells_how_words_are_said():
    table = "# title: T\nid\ttext\tnote\na\tThey {record|R IH0 K AO1 R D} it.\tAs a verb.\nb\tYes.\t\n"
    assert lesson(table) == "They record it. As a verb.\nYes."
