"""Train the language model: `python training/train.py --minutes 38`.

Reads the gold sets, fine-tunes the encoder with all heads at once, writes the weights and labels to
`training/work/`, exports int8 ONNX, measures it, and ships it to `trucewatch/language/model/` if it beats
what is there. Seeds are fixed; the clock sets the length, so two runs differ by how far they get.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from batches import NONE, Batch, Encoder, Item, batches, collate, labels_of  # noqa: E402
from network import Network, Scores, tokenizer  # noqa: E402
from treebanks import load  # noqa: E402

WEIGHTS = {"upos": 0.5, "xpos": 0.5, "lemma": 0.5, "name": 1.0, "sense": 0.6, "cue": 0.6}
PIECES_IN_BATCH = 900
LONGEST = 160  # pieces; longer sentences are not trained on


def cross_entropy(scores: Tensor, gold: Tensor, smooth: float = 0.03) -> Tensor:
    """Give the mean loss over the annotated words; 0 if there are none."""
    if not bool((gold != NONE).any()):
        return scores.sum() * 0.0
    return nn.functional.cross_entropy(
        scores.float().flatten(0, -2), gold.flatten(), ignore_index=NONE, label_smoothing=smooth
    )


def tree_loss(scores: Scores, b: Batch) -> Tensor:
    """Give the loss of heads and of relations at the gold heads."""
    head = b.layers["head"]
    if not bool((head != NONE).any()):
        return scores.arc.sum() * 0.0
    real = torch.cat([torch.ones_like(b.first[:, :1]), b.first], 1) > 0
    arc = scores.arc.float().masked_fill(~real[:, None, :], -1e4)
    loss = nn.functional.cross_entropy(arc.flatten(0, 1), head.flatten(), ignore_index=NONE)
    at = head.clamp(min=0)[:, :, None, None].expand(-1, -1, scores.rel.size(2), 1)
    return loss + cross_entropy(torch.gather(scores.rel, 3, at).squeeze(-1), b.layers["rel"])


def pair_loss(scores: Tensor, rows: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    """Give the loss of labels between governors and words, a governor."""
    where, governor, gold = rows
    if not len(where):
        return scores.sum() * 0.0
    picked = scores[where, governor].float()  # rows, labels, words
    return nn.functional.cross_entropy(picked, gold, ignore_index=NONE, reduction="sum") / len(where)


def loss_of(network: Network, b: Batch) -> Tensor:
    """Give the loss of all heads on a batch."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(b.ids, b.mask, b.case, b.first)
    loss = tree_loss(scores, b)
    for k, weight in WEIGHTS.items():
        loss = loss + weight * cross_entropy(scores.token[k], b.layers[k])
    loss = loss + 0.3 * pair_loss(scores.pair["role"], b.rows["role"])
    loss = loss + 0.3 * pair_loss(scores.pair["link"], b.rows["link"])
    known = ~torch.isnan(b.factuality)
    if bool(known.any()):
        loss = loss + 0.4 * nn.functional.smooth_l1_loss(
            scores.factuality.float()[known], b.factuality[known], beta=0.3
        )
    return loss


def varied(item: Item, rng: random.Random) -> Item:
    """Give the item as it is, or now and then in capitals, in lower case, or with marks lost.

    Reports come that way too: pages drop the last stop, and collections lose all commas.
    """
    chance = rng.random()
    if chance < 0.06:
        item = without(item, {len(item.first) - 1})
    elif chance < 0.12:
        item = without(item, set(range(len(item.first))))
    chance = rng.random()
    if chance > 0.06:
        return item
    shift = {3: 4, 5: 5, 6: 4, 7: 4} if chance < 0.03 else {4: 3, 5: 3, 6: 3, 7: 3}
    case = [shift.get(c, c) for c in item.case]
    return replace(item, case=case, layers={**item.layers, "lemma": [NONE] * len(item.first)})


def without(item: Item, words: set[int]) -> Item:
    """Give the item without those of the words that are marks on which nothing hangs."""
    heads = item.layers["head"]
    governed = set(heads)
    kept = [w for w, at in enumerate(item.first) if w not in words or item.case[at] != 2 or w + 1 in governed]
    if len(kept) < 3 or len(kept) == len(item.first):
        return item
    new = {w: k for k, w in enumerate(kept)}
    ends = [*item.first[1:], len(item.ids) - 1]
    ids, case, first = item.ids[:1], item.case[:1], []
    for w in kept:
        first.append(len(ids))
        ids += item.ids[item.first[w] : ends[w]]
        case += item.case[item.first[w] : ends[w]]
    layers = {k: [v[w] for w in kept] for k, v in item.layers.items()}
    layers["head"] = [new[h - 1] + 1 if h > 0 else h for h in layers["head"]]
    return Item(
        [*ids, item.ids[-1]],
        [*case, 0],
        first,
        layers,
        [item.factuality[w] for w in kept],
        _renamed(item.roles, new),
        [new[p] for p in item.predicates if p in new],
        _renamed(item.links, new),
        [new[c] for c in item.cues if c in new],
    )


def _renamed(links: list[tuple[int, int, int]] | None, new: dict[int, int]) -> list[tuple[int, int, int]] | None:
    """Give the links between words that are left, under their new numbers."""
    if links is None:
        return None
    return [(new[p], new[w], label) for p, w, label in links if p in new and w in new]


@dataclass
class Plan:
    """How long and how fast to learn."""

    minutes: float
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    warm: int = 200


def fit(network: Network, items: list[Item], plan: Plan, rng: random.Random) -> None:
    """Train until the time is up; the rate falls linearly with the clock."""
    encoder = [p for n, p in network.named_parameters() if n.startswith("encoder.")]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": encoder, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    base = [plan.rate, plan.head_rate]
    began, step, seen, running, epoch = time.time(), 0, 0, 0.0, 0
    network.train()
    while True:
        for batch in batches(items, PIECES_IN_BATCH, rng):
            done = (time.time() - began) / (plan.minutes * 60)
            if done >= 1:
                print(f"trained: {seen / len(items):.2f} epochs, {step} steps, {time.time() - began:.0f} s")
                return
            for group, rate in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / plan.warm) * max(0.01, 1 - done)
            loss = loss_of(network, collate([varied(items[i], rng) for i in batch]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step, seen = step + 1, seen + len(batch)
            running = 0.98 * running + 0.02 * float(loss.detach())
            if step % 100 == 0:
                rate = seen / (time.time() - began)
                print(
                    f"step {step} epoch {epoch} {time.time() - began:.0f} s, {rate:.0f} sentences/s, "
                    f"loss {running / (1 - 0.98**step):.3f}",
                    flush=True,
                )
        epoch += 1


def main() -> None:
    """Run the command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    ap.add_argument("--work", type=Path, default=ROOT / "training" / "work")
    ap.add_argument("--minutes", type=float, default=38.0)
    ap.add_argument("--rate", type=float, default=2.5e-4, help="of the encoder; the heads learn four times as fast")
    ap.add_argument("--start", type=Path, help="go on from these weights (network.pt) and not from the encoder")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--ship", choices=("better", "always", "never"), default="better")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    np.random.seed(1)
    rng = random.Random(1)
    sets = load(a.gold, "train")
    examples = [e for part in sets.values() for e in part]
    labels = labels_of(examples)
    encoder = Encoder(labels, tokenizer())
    items = [i for i in map(encoder.item, examples) if len(i.ids) <= LONGEST]
    # The few sentences of the domain are shown twice an epoch.
    items += [i for i in map(encoder.item, sets["re3d"]) if len(i.ids) <= LONGEST]
    print({k: len(v) for k, v in sets.items()}, {k: len(v) for k, v in labels.items()}, flush=True)
    network = Network({k: len(v) for k, v in labels.items()})
    print(f"{sum(p.numel() for p in network.parameters()) / 1e6:.1f} M parameters", flush=True)
    if a.start:
        network.load_state_dict(torch.load(a.start, weights_only=True)["weights"])
    fit(network, items, Plan(a.minutes, a.rate, 4 * a.rate), rng)
    a.work.mkdir(parents=True, exist_ok=True)
    torch.save({"weights": network.state_dict(), "labels": labels}, a.work / "network.pt")
    from export import ship

    ship(a.work, a.gold, a.ship)


if __name__ == "__main__":
    main()
