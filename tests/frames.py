"""Answers as frames, by the names of their questions."""

import pandas as pd

import queries
from ringvirkning.texts.certainty import number_answered


def ask(connection, name, values):
    """The answer to a question, one row per grain; what is known of a number is an object.

    Raises UnknownParameter when a value it wants is missing.
    """
    with queries.asking(connection, name, values) as answer:
        columns = [column[0] for column in answer.description]
        found = [
            [number_answered(**cell) if isinstance(cell, dict) else cell for cell in row]
            for row in answer.fetchall()
        ]
        numbers = {name for name, kind, *_ in answer.description if kind.id == "struct"}
    frame = pd.DataFrame(found, columns=columns, dtype=object)
    # Beside nothing, whole numbers would become others.
    plain = [name for name in columns if name not in numbers and frame[name].notna().all()]
    return frame.astype(frame[plain].infer_objects().dtypes)
