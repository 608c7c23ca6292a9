import pytest


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """What is written down beside the database belongs to one test alone."""
    settings.DATA_DIR = tmp_path
