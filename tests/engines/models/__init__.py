"""Models: looked for, checked, installed; checkpoints are built on the spot."""
