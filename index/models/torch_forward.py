"""The packaged model in bfloat16 on torch, for CPUs that multiply matrices of it; without transformers' own loading."""

import torch
from torch import Tensor
from torch.nn import functional

from index.models.encoder import Forward
from index.models.weights import BertWeights, Floats

_Dense = tuple[Tensor, Tensor]


def torch_forward(weights: BertWeights) -> Forward:
    """Load the layers; one thread for each text from now on, in the whole process."""
    torch.set_num_threads(1)

    def pair(name: str) -> _Dense:
        return _tensor(weights, f"{name}.weight"), _tensor(weights, f"{name}.bias")

    def layer(name: str) -> tuple[_Dense, ...]:
        heads = [pair(f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
        attention = torch.cat([weight for weight, _ in heads]), torch.cat([bias for _, bias in heads])
        names = ("attention.output.dense", "attention.output.LayerNorm", "intermediate.dense", "output.dense")
        return attention, *(pair(f"{name}.{part}") for part in (*names, "output.LayerNorm"))

    layers = [layer(f"encoder.layer.{row}") for row in range(weights.layers)]
    heads, epsilon = weights.heads, float(weights.epsilon)

    def norm(states: Tensor, scale: _Dense) -> Tensor:
        return functional.layer_norm(states, states.shape[-1:], *scale, eps=epsilon)

    def forward(states: Floats) -> Floats:
        with torch.inference_mode():
            last = torch.from_numpy(states).to(torch.bfloat16)
            for attention, joined, first_norm, wide, narrow, last_norm in layers:
                last = norm(
                    functional.linear(_attend(functional.linear(last, *attention), heads), *joined) + last, first_norm
                )
                active = functional.gelu(functional.linear(last, *wide))
                last = norm(functional.linear(active, *narrow) + last, last_norm)
            mean: Floats = last.float().mean(dim=0).numpy()
            return mean

    return forward


def _attend(projected: Tensor, heads: int) -> Tensor:
    """Attention of all heads; ``projected`` has queries, keys and values side by side, ``(tokens, 3 * dim)``."""
    tokens = len(projected)
    queries, keys, values = projected.view(1, tokens, 3, heads, -1).permute(2, 0, 3, 1, 4)
    return functional.scaled_dot_product_attention(queries, keys, values)[0].transpose(0, 1).reshape(tokens, -1)


def _tensor(weights: BertWeights, name: str) -> Tensor:
    return torch.from_numpy(weights.tensor(name)).to(torch.bfloat16)
