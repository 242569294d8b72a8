"""Search structures made from the library: sentences, chunks, embeddings, vectors (Chroma), terms (tantivy).

Everything here can be made again from the library; `sync` brings it up to date.
"""
