"""The engine ``ppocr``: its pure parts on lattices made by hand, and itself."""
