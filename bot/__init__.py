"""The service around `digest`: feeds, store, schedule, Telegram, Slack and the command line."""
