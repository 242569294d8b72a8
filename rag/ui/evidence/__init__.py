"""What an answer rests on: the overlay that shows it in its paper."""
