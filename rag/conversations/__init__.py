"""Conversations that are kept: every question before it is answered, every answer when it is over.

store     the file `conversations.sqlite` of a library; each visitor finds only their own
schema    its tables, and how it is opened
kept      a conversation in the list, and a turn as it is kept
fields    filters, citations and answers as JSON, and back
titles    what a conversation is called
export    a conversation as Markdown, with its references
"""
