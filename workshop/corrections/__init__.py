"""What was corrected in public records, and what readers are told of it.

``statements`` says which words count, ``actions`` writes, ``models`` holds.
"""
