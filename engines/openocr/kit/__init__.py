"""The training kit of OpenOCR's recognisers: lines, training, measuring, export."""
