"""Tables, charts for the screen, blocks for paper, exports."""
