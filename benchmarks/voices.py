"""Whether the caveat about a second voice comes where somebody else spoke, and only there.

    python benchmarks/voices.py DIR

DIR holds clips: FILE.flac with FILE.json, which names the words that a person heard and who said each. A clip has a
second voice where a fifth of its words are others', and none where all are the main speaker's; those between count
neither way. No public tool stands beside it: all of them need a model of voices that has to be downloaded.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fillers import is_main, read_clips

from mockint.delivery.acoustics import analyse
from mockint.delivery.voices import second_voice_share
from mockint.model import SAMPLE_RATE_HZ, Recording

SECOND_FROM = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    found: dict[bool, list[bool]] = {True: [], False: []}
    for clip in read_clips(parser.parse_args().folder):
        said = clip.truth.get("words", [])
        others = sum(not is_main(word, clip.truth) for word in said) / max(1, len(said))
        share = second_voice_share(analyse(Recording(samples=clip.samples, sample_rate_hz=SAMPLE_RATE_HZ)))
        if share is not None:
            print(f"{clip.truth['id']:32s} words of others {others:.0%}, second voice {share:.0%}")
        if others >= SECOND_FROM or others == 0:
            found[others >= SECOND_FROM].append(share is not None)
    for second, verdicts in found.items():
        print(f"{'with a second voice' if second else 'one voice':20s} caveat on {sum(verdicts)} of {len(verdicts)}")


if __name__ == "__main__":
    main()
