"""The library of pictures: many taken in at once, sizes made in the background, where each is used."""
