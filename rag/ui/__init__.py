"""The page in the browser, and the only part that imports streamlit.

chat            one run of the chat page: open the library, show the turns, answer a question
first_start     the seeds are read into an empty library, whoever watches
conversation    the turns a visitor sees, partial answers included
welcome         the empty chat and the sidebar: what the library holds, what to ask
messages        one turn on the page: question, answer, sources, refusal
markdown        text from papers and models -> Markdown that can only format and cite
highlight       an abstract cut at its quoted sentences
citations       what the overlay knows about each `[n]`; citations.js shows it
"""
