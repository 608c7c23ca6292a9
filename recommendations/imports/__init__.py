"""From a table to recommendations: read, understood, compared with what is there, written at once.

The command and the desk walk the same way: ``reading`` makes lines of a file,
``upr`` or ``columns`` makes entries of lines, ``plan`` compares them with the
database and says what would happen, ``writing`` does it, ``report`` puts it in words.
"""
