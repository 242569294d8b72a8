"""The bundled embedding model: all-MiniLM-L6-v2 as int8 ONNX, its tokenizer, licence and hashes.

Data only; `rag.index.embedder` loads it. `build.py` makes the files again from the published weights.
"""
