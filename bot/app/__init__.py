"""The composition root: the only place that builds adapters and hands them to the use cases.

A module for each thing that can be done, so that asking from the terminal loads neither Telegram nor Slack.
"""
