"""The line that an error names is the line where the key stands."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config_lines import KeyPath, key_lines, line_of

CONFIG = '''\
# [[feeds]] in a comment is none
[bot]
timezone = "Asia/Seoul"  # url = "no"
"quoted key" = """
[[feeds]]
url = "not this one"
"""

[[feeds]]
url = "https://a.example/#=["
topics = [
  "a",  # "b",
  'c]',
  ["d"],
]

[[ feeds ]]
name.first = 'x'
table = { url = "u", "deep.key" = { a = [1, 2] }, t = 07:00:00 }
[feeds.below]
key = 1979-05-27 07:32:00
[other."x.y".z]
k = """a "quoted" \\""" word"""""
l = \'\'\'it's \'\'\'\'
m = true
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("bot",), 2),
        (("bot", "timezone"), 3),
        (("bot", "quoted key"), 4),
        (("feeds", 0), 9),
        (("feeds", 0, "url"), 10),
        (("feeds", 0, "topics"), 11),
        (("feeds", 0, "topics", 0), 12),
        (("feeds", 0, "topics", 1), 13),
        (("feeds", 0, "topics", 2, 0), 14),
        (("feeds", 1), 17),
        (("feeds", 1, "name", "first"), 18),
        (("feeds", 1, "table", "deep.key", "a", 1), 19),
        (("feeds", 1, "below", "key"), 21),
        (("other", "x.y", "z"), 22),
        (("other", "x.y", "z", "k"), 23),
        (("other", "x.y", "z", "l"), 24),
        (("other", "x.y", "z", "m"), 25),
    ],
)
def test_a_key_is_found_where_it_stands(path: KeyPath, line: int) -> None:
    """Comments, strings over lines, quoted and dotted keys and inline tables mislead nobody."""
    assert key_lines(CONFIG)[path] == line


def test_the_walk_sees_what_tomllib_sees() -> None:
    """Each key of the parsed file has its line, and no other has one."""
    assert set(key_lines(CONFIG)) == set(paths_of(tomllib.loads(CONFIG)))


def test_a_missing_key_is_at_its_table() -> None:
    """What is not written has the line of the table that lacks it."""
    lines = key_lines(CONFIG)

    assert line_of(lines, ("feeds", 1, "url")) == 17
    assert line_of(lines, ("telegram", "token")) is None


def test_windows_line_ends() -> None:
    """A file from a Windows editor has the same lines."""
    assert key_lines("[bot]\r\na = 1 # x\r\n\r\nb = [\r\n 2]\r\n") == {
        ("bot",): 1,
        ("bot", "a"): 2,
        ("bot", "b"): 4,
        ("bot", "b", 0): 5,
    }


def paths_of(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths_of(part, (*path, key))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from paths_of(part, (*path, position))


quoted = st.text(st.characters(exclude_categories=["C"], exclude_characters="\"'\\")).map(
    lambda text: f'"{text}"'
)
scalars = st.one_of(
    quoted,
    st.integers().map(str),
    st.sampled_from(
        ["true", "07:30:00", "1979-05-27", "'[[a]]'", '"""\n# [x]\n"""', "'''\n\"'''", '"\\"]"', "1.5e3"]
    ),
)
spaces = st.sampled_from(["", " ", "\n", " # ] } = \n", "\n\n\t"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(st.tuples(spaces, inner, spaces), max_size=3).map(
        lambda items: "[" + ",".join("".join(item) for item in items) + "]"
    ),
    max_leaves=6,
)


@given(st.lists(st.tuples(spaces, values), max_size=6), st.lists(st.lists(values, max_size=3), max_size=3))
def test_any_file_is_walked_as_tomllib_reads_it(
    pairs: list[tuple[str, str]], tables: list[list[str]]
) -> None:
    """For any values, the walk finds the same keys, on the lines where they were written."""
    text = ""
    expected: dict[KeyPath, int] = {}
    for number, (space, value) in enumerate(pairs):
        text += "\n" * space.count("\n")
        expected[f"k{number}",] = text.count("\n") + 1
        text += f"k{number} = {value} # end\n"
    for index, table in enumerate(tables):
        expected["t", index] = text.count("\n") + 1
        text += "[[t]]\n"
        for number, value in enumerate(table):
            expected["t", index, f"k{number}"] = text.count("\n") + 1
            text += f"'k{number}' = {value}\n"

    lines = key_lines(text)
    assert set(lines) == set(paths_of(tomllib.loads(text)))
    assert {path: lines[path] for path in expected} == expected
