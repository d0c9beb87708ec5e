"""Writes a briefing out: plain words first, then the markup of each platform. Pure."""
