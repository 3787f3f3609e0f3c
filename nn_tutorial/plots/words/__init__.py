"""What a figure shows, in words that follow from its data: each function returns a few sentences.

A plot function writes them into its figure, as ``fig.alt``, where ``show`` finds them.
"""
