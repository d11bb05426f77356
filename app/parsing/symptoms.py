"""What a person complains of, denied or not, in whoever's words. Pure."""

from app.parsing.complaints import BODILY, Hit, denied_powers, direct, paired
from app.parsing.denied_complaints import is_denied, with_lists
from app.parsing.meanings import Symptoms
from app.parsing.scene import Scene


def symptoms(scene: Scene) -> list[Symptoms]:
    """Give everything complained of as one meaning, or nothing."""
    if BODILY.isdisjoint(scene.concepts):
        return []
    all_hits = sorted((*direct(scene), *paired(scene), *denied_powers(scene)))
    denied = with_lists(scene, all_hits, {hit for hit in all_hits if is_denied(scene, hit)})
    hits = [hit for hit in all_hits if hit not in denied]
    names = {hit.name for hit in hits}
    if "deep_breathing" in names and not any(
        h.name == "breathless" and h.rule == "symptom" for h in hits
    ):
        hits = [hit for hit in hits if not (hit.name == "breathless" and _overlaps_deep(hit, hits))]
    if "one_sided_weakness" in names:
        hits = [hit for hit in hits if not (hit.name == "weak" and _inside(hit, hits))]
    if not hits:
        return []
    hits.sort()
    spans = tuple((scene.pieces[h.first].start, scene.pieces[h.last].end) for h in hits)
    rules = tuple(dict.fromkeys(hit.rule for hit in hits))
    return [Symptoms(tuple(sorted({hit.name for hit in hits})), spans=spans, rules=rules)]


def _overlaps_deep(hit: Hit, hits: list[Hit]) -> bool:
    return any(
        h.name == "deep_breathing" and h.first <= hit.last and hit.first <= h.last for h in hits
    )


def _inside(hit: Hit, hits: list[Hit]) -> bool:
    return any(
        h.name == "one_sided_weakness" and h.first <= hit.first and hit.last <= h.last for h in hits
    )
