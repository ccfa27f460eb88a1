"""Make the int8 ONNX file of trained weights, and ship it if it is better than what is there."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from network import ENCODER, TOKEN_HEADS, Network  # noqa: E402
from treebanks import Alignment, Example, by_document, jsonl, read_conllu  # noqa: E402

from trucewatch.language.encoding import MODEL_FOLDER  # noqa: E402

INPUTS = ("ids", "case", "first")
OUTPUTS = (
    "upos",
    "xpos",
    "lemma",
    "name",
    "sense",
    "cue",
    "fact",
    "arc",
    "rel",
    "role",
    "link",
    "role_margin",
    "link_margin",
)


FILES = ("tokenizer.json", "labels.json", "tables.json", "model.onnx")
PROJECTIONS = ("arc", "rel", "role", "link")


class Lean(nn.Module):
    """The trained network for one sentence at a time, with its choices made.

    Gives what `Network` gives, in fewer and larger steps: no batch dimension, no padding, one product for
    query, key and value, one for all word labels and one for both sides of all pair heads. On short
    sentences half of the time goes into the number of steps.
    """

    def __init__(self, network: Network, root_label: int) -> None:
        """Take a trained network; `root_label` is the relation that only the root may have."""
        super().__init__()
        bert = network.encoder
        config = bert.config
        self.many, self.wide = config.num_attention_heads, config.hidden_size // config.num_attention_heads
        table = bert.embeddings
        self.pieces = table.word_embeddings
        self.norm = table.LayerNorm
        # The case classes and the single segment are a few rows: they stay unquantised, one small table.
        self.case = nn.Parameter(network.case.weight + table.token_type_embeddings.weight[0])
        self.place = nn.Parameter(table.position_embeddings.weight.detach().clone())
        self.layers = bert.encoder.layer
        self.root = network.root
        self.qkv = nn.ModuleList(
            joined([x.attention.self.query, x.attention.self.key, x.attention.self.value]) for x in self.layers
        )
        self.labels = joined([network.heads[k] for k in TOKEN_HEADS])
        self.sizes = [network.heads[k].out_features for k in TOKEN_HEADS]
        pairs = [getattr(network, k) for k in PROJECTIONS]
        self.sides = joined([p.left for p in pairs] + [p.right for p in pairs] + [network.fact[0]])
        self.widths = [p.left.out_features for p in pairs] * 2 + [network.fact[0].out_features]
        self.fact = network.fact[3]
        self.forms = nn.ParameterList(nn.Parameter(p.form[:-1].detach().clone()) for p in pairs)
        self.biases = nn.ParameterList(nn.Parameter(p.form[-1].detach().clone()) for p in pairs)
        self.counts = [p.labels for p in pairs]
        first = torch.full((network.rel.labels, 1), -1e4)
        first[root_label] = 0.0
        self.register_buffer("first_bias", first)
        later = torch.zeros(network.rel.labels, 1)
        later[root_label] = -1e4
        self.register_buffer("later_bias", later)

    def attended(self, x: Tensor, k: int) -> Tensor:
        """Give the output of the attention of layer k."""
        parts = self.qkv[k](x).reshape(-1, 3, self.many, self.wide).permute(1, 2, 0, 3)
        q, key, value = parts[0], parts[1], parts[2]
        weight = torch.softmax(q @ key.transpose(1, 2) * self.wide**-0.5, -1)
        return (weight @ value).transpose(0, 1).reshape(-1, self.many * self.wide)

    def state(self, ids: Tensor, case: Tensor) -> Tensor:
        """Give the vectors of the pieces."""
        x = self.norm(self.pieces(ids) + self.case[case] + self.place[: ids.size(0)])
        for k, layer in enumerate(self.layers):
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(self.attended(x, k)) + x)
            inner = nn.functional.gelu(layer.intermediate.dense(x))
            x = layer.output.LayerNorm(layer.output.dense(inner) + x)
        return x

    def pair(self, k: int, left: Tensor, right: Tensor) -> Tensor:
        """Give n (left), labels, m (right) of pair head k."""
        rows = (left @ self.forms[k] + self.biases[k]).reshape(-1, right.size(1) + 1)
        b = torch.cat([right, torch.ones_like(right[:, :1])], 1)
        return (rows @ b.transpose(0, 1)).reshape(-1, self.counts[k], right.size(0))

    def forward(self, ids: Tensor, case: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Give OUTPUTS for one sentence: ids and case of its pieces, the first piece of each word."""
        w = torch.cat([self.root[None], self.state(ids, case)[first]], 0)
        token = [x.argmax(-1)[1:] for x in torch.split(self.labels(w), self.sizes, 1)]
        sides = torch.split(nn.functional.gelu(self.sides(w)), self.widths, 1)
        arc = torch.log_softmax(self.pair(0, sides[0][1:], sides[4]).squeeze(1), -1)
        rel = self.pair(1, sides[1][1:], sides[5])
        rel = torch.cat([rel[..., :1] + self.first_bias, rel[..., 1:] + self.later_bias], -1).argmax(1)
        role = self.pair(2, sides[2][1:], sides[6][1:])
        link = self.pair(3, sides[3][1:], sides[7][1:])
        margins = [x.amax(1) - x[:, 0] for x in (role, link)]
        return (*token, self.fact(sides[8])[1:, 0], arc, rel, role.argmax(1), link.argmax(1), *margins)


def joined(parts: list[nn.Linear]) -> nn.Linear:
    """Give one linear layer that does what all of them do, side by side."""
    one = nn.Linear(parts[0].in_features, sum(p.out_features for p in parts))
    one.weight = nn.Parameter(torch.cat([p.weight for p in parts]).detach())
    one.bias = nn.Parameter(torch.cat([p.bias for p in parts]).detach())
    return one


def export(network: Network, labels: dict[str, list[str]], folder: Path, quantise: bool = True) -> Path:
    """Write `model.onnx` to the folder (and `full.onnx`, the unquantised one) and give its path."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    sample = (torch.arange(1000, 1007), torch.full((7,), 3), torch.tensor([1, 2, 3, 4, 5]))
    axes = {"ids": {0: "pieces"}, "case": {0: "pieces"}, "first": {0: "words"}}
    axes |= {k: {0: "words"} for k in OUTPUTS}
    axes["arc"][1] = axes["rel"][1] = "words and root"
    for k in ("role", "link", "role_margin", "link_margin"):
        axes[k][1] = "words"
    full = folder / "full.onnx"
    torch.onnx.export(
        Lean(network, labels["rel"].index("root")).eval(),
        sample,
        str(full),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    ready = folder / "ready.onnx"
    quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
    target = folder / "model.onnx"
    if quantise:
        kinds = ["MatMul", "Gemm", "Gather"]
        quantize_dynamic(
            str(ready), str(target), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=kinds
        )
    else:
        shutil.copy(ready, target)
    return target


Table = dict[str, str]


def lemma_table(examples: list[Example]) -> Table:
    """Give the lemma of `form<TAB>xpos` where the training treebanks all but agree; no names, no numbers."""
    seen: dict[str, Counter[str]] = {}
    for e in examples:
        assert e.xpos
        assert e.lemmas
        for word, tag, lemma in zip(e.words, e.xpos, e.lemmas, strict=True):
            if not tag.startswith("NNP") and not any(c.isdigit() for c in word):
                seen.setdefault(word.lower().replace("’", "'") + "\t" + tag, Counter())[lemma] += 1
    found = {}
    for key, counts in sorted(seen.items()):
        lemma, n = counts.most_common(1)[0]
        if n >= 0.75 * counts.total() and lemma != "_":
            found[key] = lemma
    return found


def frame_tables(examples: list[Example], records: list[dict[str, Any]]) -> tuple[Table, Table]:
    """Give the senses of `lemma part`, commonest first, and the PropBank stem of `lemma part number`.

    A stem stands there only where it differs from the lemma: `explode` for `explosion n 01`.
    """
    senses: dict[str, Counter[str]] = {}
    roots: dict[str, Counter[str]] = {}
    documents = by_document(examples)
    for record in records:
        mine = documents.get(record["id"], [])
        line = Alignment(mine, record["text"])
        if not mine or not line.ok:
            continue
        for frame in record["frames"]:
            stem, _, number = frame["predicate"].rpartition(".")
            for s, w in line.words(frame["start"], frame["end"])[:1]:
                e = mine[s]
                assert e.lemmas
                assert e.upos
                lemma = stem if "_" in stem else e.lemmas[w].lower()  # `set_up` is a verb of its own
                key = f"{lemma} {'v' if e.upos[w] in {'VERB', 'AUX'} else 'n'}"
                senses.setdefault(key, Counter())[number] += 1
                roots.setdefault(f"{key} {number}", Counter())[stem] += 1
    ranked = {k: " ".join(n for n, _ in c.most_common()) for k, c in sorted(senses.items())}
    best = {k: c.most_common(1)[0][0] for k, c in sorted(roots.items())}
    return ranked, {k: stem for k, stem in best.items() if stem != k.split()[0]}


def tables(gold: Path) -> dict[str, Table]:
    """Give the look-up tables that ship beside the network, learnt from the training parts."""
    language = gold / "language"
    ewt = read_conllu(language / "ud_ewt" / "train.conllu")
    gum = read_conllu(language / "ud_gum" / "train.conllu")
    senses, stems = frame_tables(ewt, jsonl(language / "propbank_ewt" / "train.jsonl"))
    return {"lemmas": lemma_table([*ewt, *gum]), "senses": senses, "stems": stems}


def build(work: Path, gold: Path) -> Path:
    """Export the weights in `work` to a folder `work/model` that a parser can open; gives the folder."""
    saved = torch.load(work / "network.pt", weights_only=True)
    labels = saved["labels"]
    network = Network({k: len(v) for k, v in labels.items()})
    network.load_state_dict(saved["weights"])
    folder = work / "model"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=work) as scratch:
        made = export(network, labels, Path(scratch))
        shutil.move(made, folder / "model.onnx")
        shutil.move(Path(scratch) / "ready.onnx", work / "full.onnx")
    shutil.copy(ENCODER / "tokenizer.json", folder / "tokenizer.json")
    (folder / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), "utf-8")
    (folder / "tables.json").write_text(json.dumps(tables(gold), ensure_ascii=False, indent=0), "utf-8")
    return folder


def ship(work: Path, gold: Path, how: str) -> None:
    """Build, measure, and copy the model into the package: `better`, `always` or `never`."""
    from evaluate import headline, table

    folder = build(work, gold)
    scores = table(folder, gold)
    (work / "scores.json").write_text(json.dumps(scores, indent=1), "utf-8")
    print(json.dumps(scores, indent=1))
    old = MODEL_FOLDER / "scores.json"
    if how == "never":
        return
    if how == "better" and old.exists() and headline(json.loads(old.read_text("utf-8"))) >= headline(scores):
        print("not shipped: the model that is there scores as well or better")
        return
    MODEL_FOLDER.mkdir(exist_ok=True)
    for name in FILES:
        shutil.copy(folder / name, MODEL_FOLDER / (name + ".new"))
    for name in FILES:
        (MODEL_FOLDER / (name + ".new")).replace(MODEL_FOLDER / name)
    old.write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    print("shipped", hashlib.sha256((MODEL_FOLDER / "model.onnx").read_bytes()).hexdigest())


def main() -> None:
    """Run the command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    ap.add_argument("--work", type=Path, default=ROOT / "training" / "work")
    ap.add_argument("--ship", choices=("better", "always", "never"), default="better")
    a = ap.parse_args()
    ship(a.work, a.gold, a.ship)


if __name__ == "__main__":
    main()
