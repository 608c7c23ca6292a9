"""What the page of a talk sends of somebody who is added to it."""


def naming(speaker):
    """A new row of a talk's page."""
    return {
        "talk_speakers-TOTAL_FORMS": "1",
        "talk_speakers-0-speaker": str(speaker.pk),
        "talk_speakers-0-role": "speaker",
        "talk_speakers-0-order": "1",
        "talk_speakers-0-attribution": "0",
    }
