"""What a briefing says, before any platform's markup."""

import pytest

from bot.model import Section
from bot.render.outline import MOST_REPLIES, outline_with_replies
from bot.render.wording import load_wording
from tests.briefings import item, korea

ENGLISH = load_wording("en")


@pytest.mark.parametrize("count", [1, MOST_REPLIES, MOST_REPLIES + 1])
def test_a_chat_gets_changes_as_replies_unless_they_are_too_many(count: int) -> None:
    changes = tuple(item(id=f"c{n}", section=Section.CHANGED, changed="a", told_as="t") for n in range(count))
    briefing = korea(items=(item(), *changes))

    drawn, replies = outline_with_replies(briefing, ENGLISH)

    told = [entry.id for section in drawn.sections for entry in section.entries]
    assert sorted([*told, *(reply.id for reply in replies)]) == sorted(each.id for each in briefing.items)
    assert len(replies) == (count if count <= MOST_REPLIES else 0)
    assert (f"Changes since then: {count}" in drawn.note) is bool(replies)
    assert all(reply.answers == "t" for reply in replies)
