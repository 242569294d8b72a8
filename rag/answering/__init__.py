"""From hits to an answer whose every sentence cites a paper."""
