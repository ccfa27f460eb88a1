"""The language model: text in, parsed sentences out. The only module that knows onnxruntime and tokenizers.

Every sentence runs through the network alone, so what comes out depends on nothing but the sentence:
the activations are quantised by their range over a whole batch, and a neighbour would shift it.

Layer: above model. Imports model, errors and its neighbours in language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from trucewatch.errors import DataError
from trucewatch.language import sentences
from trucewatch.language.decode import Link, frames_of, names_of, sayings_of
from trucewatch.language.encoding import CLS, MAX_PIECES_OF_WORD, MODEL_FOLDER, SEP, UNK, case_of, seen_as
from trucewatch.language.lemmas import Lexicon
from trucewatch.language.trees import Tree, best_heads
from trucewatch.model import Sentence, Span, Token

LONGEST = 254  # pieces of a sentence; a longer one is cut at its commas
LARGEST_WORD = 100  # letters; the vocabulary has no longer words
CACHED_WORDS = 100_000
Raw = dict[str, NDArray[Any]]


class Parser:
    """Holds the loaded model. `Parser.load()` makes one; it pickles by opening its files again."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Open the model in `folder`. Raises DataError if a file is missing or broken."""
        self.folder = folder
        self.threads = threads
        try:
            self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text("utf-8"))
            self._tables: dict[str, dict[str, str]] = json.loads((folder / "tables.json").read_text("utf-8"))
            self._pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = _session(folder / "model.onnx", threads)
        except Exception as error:  # tokenizers and onnxruntime raise bare Exceptions
            raise DataError(
                f"the language model in {folder} cannot be opened ({error}); "
                "install trucewatch again, or make the model with training/train.py"
            ) from error
        self._pieces.no_padding()
        self._pieces.no_truncation()
        words = frozenset(w for w in self._pieces.get_vocab() if len(w) > 2 and w.isalpha())
        self._lexicon = Lexicon(self._tables["lemmas"], words)
        self._outputs = [o.name for o in self._session.get_outputs()]
        self._known: dict[str, list[int]] = {}

    @classmethod
    def load(cls, threads: int = 1, folder: Path = MODEL_FOLDER) -> Parser:
        """Give a parser on the shipped model (or the one in `folder`) that uses `threads` threads."""
        return cls(folder, threads)

    def __reduce__(self) -> tuple[type[Parser], tuple[Path, int]]:
        """Pickle as the way to open it again."""
        return Parser, (self.folder, self.threads)

    def parse(self, text: str, regions: Sequence[Span]) -> list[Sentence]:
        """Give the sentences of the regions of the text, in text order; offsets are those of `text`."""
        found = []
        for start, end in sorted(regions):
            for span in sentences.split(text, start, end):
                found.extend(self.sentence(text, sentences.tokens(text, span)))
        return found

    def parse_many(self, documents: Iterable[tuple[str, Sequence[Span]]]) -> list[list[Sentence]]:
        """Give the sentences of each (text, regions) pair."""
        return [self.parse(text, regions) for text, regions in documents]

    def sentence(self, text: str, words: Sequence[Span]) -> list[Sentence]:
        """Give the parse of one sentence with given words; several sentences if it had to be cut for length."""
        if not words:
            return []
        found = []
        for part in self._parts(text, list(words)):
            found.append(self._decoded(text, part, self._run([text[a:b] for a, b in part])))
        return found

    def _of_word(self, word: str) -> list[int]:
        """Give the pieces of a word."""
        known = self._known.get(word)
        if known is None:
            shown = seen_as(word[:LARGEST_WORD])
            known = self._pieces.encode(shown, add_special_tokens=False).ids[:MAX_PIECES_OF_WORD] or [UNK]
            if len(self._known) >= CACHED_WORDS:
                self._known.clear()
            self._known[word] = known
        return known

    def _parts(self, text: str, words: list[Span]) -> list[list[Span]]:
        """Cut a sentence of too many pieces in two, and again, where it hurts least."""
        sizes = [len(self._of_word(text[a:b])) for a, b in words]
        if sum(sizes) <= LONGEST:
            return [words]
        cut = _best_cut([text[a:b] for a, b in words])
        return self._parts(text, words[:cut]) + self._parts(text, words[cut:])

    def _run(self, words: list[str]) -> Raw:
        """Give the raw numbers of one sentence."""
        ids, case, first = [CLS], [0], []
        for word in words:
            pieces = self._of_word(word)
            first.append(len(ids))
            ids += pieces
            case += [case_of(word)] * len(pieces)
        ids.append(SEP)
        case.append(0)
        feed = {"ids": np.array(ids), "case": np.array(case), "first": np.array(first)}
        return dict(zip(self._outputs, self._session.run(self._outputs, feed), strict=True))

    def _decoded(self, text: str, words: list[Span], raw: Raw) -> Sentence:
        """Give the sentence that the raw numbers tell."""
        forms = [text[a:b] for a, b in words]
        heads = best_heads(raw["arc"])
        deps = [self._labels["rel"][raw["rel"][i, h + 1]] for i, h in enumerate(heads)]
        tree = Tree(heads, deps, forms)
        upos = self._named("upos", raw)
        xpos = self._named("xpos", raw)
        rules = self._named("lemma", raw)
        lemmas = [self._lexicon.lemma(*wxr) for wxr in zip(forms, xpos, rules, strict=True)]
        senses = self._senses(raw, lemmas, upos, tree)
        told = {i for i, s in enumerate(senses) if s is not None or upos[i] == "VERB"}
        told |= {heads[i] for i, d in enumerate(deps) if d == "cop"}
        fact = np.clip(raw["fact"], -3.0, 3.0)
        tokens = tuple(
            Token(
                i,
                a,
                b,
                forms[i],
                lemmas[i],
                upos[i],
                tag,
                heads[i],
                deps[i],
                _rounded(fact[i]) if i in told else None,
            )
            for i, ((a, b), tag) in enumerate(zip(words, xpos, strict=True))
        )
        return Sentence(
            words[0][0],
            words[-1][1],
            tokens,
            names_of(self._named("name", raw), upos),
            frames_of(tree, senses, self._pairs("role", raw)),
            sayings_of(tree, self._named("cue", raw), self._pairs("link", raw)),
        )

    def _named(self, head: str, raw: Raw) -> list[str]:
        """Give the labels that a head picked for each word."""
        labels = self._labels[head]
        return [labels[k] for k in raw[head].tolist()]

    def _pairs(self, head: str, raw: Raw) -> list[list[Link]]:
        """Give for each governor the links that a pair head picked."""
        found: list[list[Link]] = [[] for _ in range(len(raw["arc"]))]
        labels = self._labels[head]
        picked, margin = raw[head], raw[f"{head}_margin"]
        for governor, word in np.argwhere(picked > 0).tolist():
            found[governor].append(Link(word, labels[picked[governor, word]], float(margin[governor, word])))
        return found

    def _senses(self, raw: Raw, lemmas: list[str], upos: list[str], tree: Tree) -> list[str | None]:
        """Give the PropBank roleset of each predicate (`attack.01`), None elsewhere.

        Where the lemma has known senses, one of them is given: its commonest if the model's is none of them.
        """
        found: list[str | None] = []
        for i, number in enumerate(self._named("sense", raw)):
            if number == "_":
                found.append(None)
                continue
            part = "v" if upos[i] in {"VERB", "AUX"} else "n"
            lemma = lemmas[i].lower()
            for k in tree.kids[i]:
                if tree.deps[k] == "compound:prt" and f"{lemma}_{lemmas[k]} v" in self._tables["senses"]:
                    lemma = f"{lemma}_{lemmas[k]}"
            key = f"{lemma} {part}"
            known = self._tables["senses"].get(key, "01" if number != "LV" else number).split()
            number = number if number in known else known[0]
            found.append(f"{self._tables['stems'].get(f'{key} {number}', lemma)}.{number}")
        return found


def _rounded(value: Any) -> float:
    """Give the number with two digits; more would pretend to a precision that the model lacks."""
    return round(float(value), 2) + 0.0


def _best_cut(words: list[str]) -> int:
    """Give where to cut a list of words in two: after a stop mark near the middle, else in the middle."""
    middle = len(words) // 2
    for marks in (";:", ",–—-", ')”"'):
        at = [i + 1 for i, w in enumerate(words[:-1]) if w in marks and len(words) // 5 <= i <= 4 * len(words) // 5]
        if at:
            return min(at, key=lambda i: abs(i - middle))
    return max(1, middle)


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open the network on the processor."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Sentences differ in length: a plan for memory made for one shape is of no use to the next.
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
