"""The kind of a venue."""

from __future__ import annotations

import pytest

from rag.library.export.venues import Kind, kind_of


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        (None, Kind.UNKNOWN),
        ("", Kind.UNKNOWN),
        ("arXiv", Kind.PREPRINT),
        ("arXiv: Computer Vision and Pattern Recognition", Kind.PREPRINT),
        ("bioRxiv", Kind.PREPRINT),
        ("Proceedings of the 5th Symposium on Sand", Kind.CONFERENCE),
        ("IEEE International Conference on Robotics and Automation", Kind.CONFERENCE),
        ("Advances in Neural Information Processing Systems 30", Kind.CONFERENCE),
        ("NeurIPS", Kind.CONFERENCE),
        ("CVPR 2021", Kind.CONFERENCE),
        ("IJCAI", Kind.CONFERENCE),
        ("Workshop on Invented Robotics", Kind.CONFERENCE),
        ("Proceedings of the National Academy of Sciences", Kind.JOURNAL),
        ("Proceedings of the VLDB Endowment", Kind.JOURNAL),
        ("Proceedings of the IEEE", Kind.JOURNAL),
        ("IEEE Transactions on Sand", Kind.JOURNAL),
        ("JMLR", Kind.JOURNAL),
        ("TPAMI", Kind.JOURNAL),
        ("Neurocomputing", Kind.JOURNAL),
        ("Nature", Kind.JOURNAL),
        ("Ocean Letters", Kind.JOURNAL),
    ],
)
def test_kinds(venue: str | None, kind: Kind) -> None:
    assert kind_of(venue) is kind
