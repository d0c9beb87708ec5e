"""The payloads that Slack sends to an app, with every field that an app may read.

Pure: the local server gives them their ids and delivers them.
"""

import time
from typing import Any

__all__ = ["event_payload", "press_payload", "slash_payload"]


def slash_payload(
    *, team: str, channel: str, user: str, command: str, text: str, response_url: str
) -> dict[str, str]:
    """Somebody typed a slash command."""
    return {
        "token": "verification",
        "team_id": team,
        "team_domain": "local",
        "channel_id": channel,
        "channel_name": "general",
        "user_id": user,
        "user_name": "reader",
        "command": command,
        "text": text,
        "api_app_id": "A111",
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": "1.2.3",
    }


def event_payload(*, team: str, bot_user: str, event_id: str, event: dict[str, Any]) -> dict[str, Any]:
    """Something happened that the app listens to."""
    return {
        "token": "verification",
        "team_id": team,
        "api_app_id": "A111",
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(time.time()),
        "authorizations": [{"team_id": team, "user_id": bot_user, "is_bot": True, "enterprise_id": None}],
    }


def press_payload(
    *,
    team: str,
    channel: str,
    user: str,
    ts: str,
    thread_ts: str | None,
    ephemeral: bool,
    button: dict[str, Any],
    response_url: str,
) -> dict[str, Any]:
    """Somebody pressed a button; a message that only they see comes without its content."""
    message: dict[str, Any] = {"type": "message", "ts": ts, "text": ""}
    if thread_ts:
        message["thread_ts"] = thread_ts
    return {
        "type": "block_actions",
        "user": {"id": user, "username": "reader", "name": "reader", "team_id": team},
        "api_app_id": "A111",
        "token": "verification",
        "container": {
            "type": "message",
            "message_ts": ts,
            "channel_id": channel,
            "is_ephemeral": ephemeral,
        },
        "trigger_id": "1.2.3",
        "team": {"id": team, "domain": "local"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel, "name": "general"},
        **({} if ephemeral else {"message": message}),
        "response_url": response_url,
        "actions": [{**button, "block_id": "b1", "action_ts": ts}],
    }
