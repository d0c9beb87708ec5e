"""What an admin should hear of a feed that did answer.

Pure.
"""

from bot.moved_feeds import has_moved
from bot.polling import GUARD_MINIMUM, Sifted
from bot.records import FeedPoll

__all__ = ["notes_on"]

#: So many entries, all of them new, in a feed that answered before: older ones may have dropped out.
GAP_MINIMUM = 5


def notes_on(poll: FeedPoll, sifted: Sifted) -> tuple[str | None, str | None]:
    """The notes on a poll as one line, and what kind of thing the admin has to see to, if any."""
    found = {
        "renumbered": _renumbered(sifted),
        "gap": _gap(poll, sifted),
        "moved": _believed_move(poll),
    }
    warnings = {kind: note for kind, note in found.items() if note}
    if warnings:
        return "; ".join(warnings.values()), " ".join(warnings)
    return (f"moved for good to {poll.moved.to}" if poll.moved else None), None


def _renumbered(sifted: Sifted) -> str | None:
    count = len(sifted.renumbered)
    if count < GUARD_MINIMUM:
        return None
    return f"calls {count} known articles new: not told again, it has renumbered them"


def _gap(poll: FeedPoll, sifted: Sifted) -> str | None:
    """Nothing that was listed last time is listed any more, so others may have come and gone between."""
    since = poll.due.last_success_at
    count = len(sifted.new)
    if since is None or not poll.due.has_listed or count < GAP_MINIMUM:
        return None
    if sifted.known or sifted.edited or sifted.listed_elsewhere or sifted.renumbered:
        return None
    return (
        f"all of its {count} entries are new since {since:%Y-%m-%d %H:%M} UTC: some may have been missed, "
        "so poll it more often (`every`)"
    )


def _believed_move(poll: FeedPoll) -> str | None:
    if poll.moved is None or not has_moved(poll.moved, poll.polled_at):
        return None
    return f"moved for good to {poll.moved.to}, where it is asked now: change its `url`"
