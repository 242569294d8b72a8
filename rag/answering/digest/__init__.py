"""What someone has written, whole: gathered -> themes, contributions, methods -> told, by a model if there is one."""
