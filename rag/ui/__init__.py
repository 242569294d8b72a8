"""The page in the browser, and the only part that imports streamlit.

script        what runs for every visitor and every click
wire          what the server adds to each page: its own address, a content security policy
navigation    the pages, and the ways between them
frame         what every page begins with: the opened library, or what keeps it from being used
sidebar       a new chat, the conversations, what the library holds, what writes the answers
server        what all visitors of this server share
visitor       who looks at the page: a person who signed in, or a browser
ingesting     files are read into the library in the background, whoever watches
uploads       the files that visitors gave, kept under safe names
pace          how fast some work goes, and how long the rest takes
chat          turns, answers as they are written, what is said of them
report        an answer that is the whole of a page, written once for all visitors
evidence      the overlay that shows a quoted sentence in its abstract
authors       who is in the library, what they work on, with whom
compare       papers or methods side by side
library       its papers, where they come from, a map of them, adding more
settings      what writes the answers, how the indexes are
colours       of charts, for light and dark pages
markdown      text from papers and models -> Markdown that can only format and cite
doubted       the sentence that `[?]` is about, to be marked itself
telling       problems in words, without the places of this server
wording       numbers and spans in words
"""
