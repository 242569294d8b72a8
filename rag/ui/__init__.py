"""The page in the browser, and the only part that imports streamlit.

chat            one run of the chat page: open the library, show the turns, answer a question
first_start     the seeds are read into an empty library, whoever watches
conversation    the turns a visitor sees, and what was said in them
generation      an answer written in a thread of its own, whatever the page does meanwhile
welcome         the empty chat and the sidebar: what the library holds, what to ask
model_state     the sidebar's "Model": what writes the answers, whether it can be reached
messages        one turn on the page: question, answer, refusal, stop and failure
sources         the papers under an answer
support         how many sentences of an answer the abstracts support
markdown        text from papers and models -> Markdown that can only format and cite
highlight       an abstract cut at its quoted sentences
citations       what the overlay knows about each `[n]`; citations.js shows it
"""
