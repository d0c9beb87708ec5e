"""Adapters: the only modules that touch the network, the disk and the chat platforms."""
