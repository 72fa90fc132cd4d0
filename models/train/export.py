#!/usr/bin/env python3
"""Writes a trained image codec as the model file that Lacuna embeds.

    python3 export.py --run DIR --out ../image.safetensors [--raw]

The averaged network of DIR/checkpoint.pt becomes a safetensors file: matrices in bfloat16, vectors and tables in
float32. Names and layouts are those of docs/format.md, section 5: pixels run 0..255 less 127.5, and (un)shuffled
channels are ordered row, column, channel. `--raw` takes the network itself in place of its average.
Beside the file goes its SHA-256, whose first eight bytes name the model in a stream.
"""

import argparse
import hashlib
import json
import struct

import torch

from network import Codec


def interleave(rows, channels, factor):
    """From PyTorch's order of unshuffled channels (channel, row, column) to Lacuna's (row, column, channel), along axis 0."""
    shape = rows.shape
    return rows.reshape(channels, factor, factor, -1).permute(1, 2, 0, 3).reshape(shape)


class Layout:
    """Lays a network's parameters out as the model file has them, by name; remembers where each came from and its scale."""

    def __init__(self, state):
        self.state = state
        self.tensors = {}
        self.origins = {}

    def put(self, name, source, value, scale=1.0):
        self.tensors[name] = value.contiguous()
        self.origins[name] = (source, scale)

    def matrix(self, name, source, before=None, after=None, scale=1.0):
        """A 1x1 convolution. before / after: (channels, factor) of an unshuffle in front or a shuffle behind."""
        weight = self.state[source + ".weight"][:, :, 0, 0]
        bias = self.state[source + ".bias"]
        if before:
            weight = interleave(weight.T.contiguous(), *before).T
        if after:
            weight = interleave(weight.contiguous(), *after)
            bias = interleave(bias[:, None].contiguous(), *after)[:, 0]
        self.put(name + ".weight", source + ".weight", weight, scale)
        self.put(name + ".bias", source + ".bias", bias, scale if after else 1.0)  # pixels are 0..255 on the network's outside

    def depthwise(self, name, source):
        """A depthwise 3x3 convolution: [9, channels]."""
        weight = self.state[source + ".weight"]
        self.put(name + ".weight", source + ".weight", weight.reshape(weight.shape[0], 9).T)
        self.put(name + ".bias", source + ".bias", self.state[source + ".bias"])

    def vector(self, name, source):
        self.put(name, source, self.state[source])

    def block(self, name, source):
        self.matrix(name + ".mix_in", source + ".mix_in")
        self.depthwise(name + ".depthwise", source + ".depthwise")
        self.matrix(name + ".mix_out", source + ".mix_out")
        self.matrix(name + ".expand", source + ".expand")
        self.matrix(name + ".reduce", source + ".reduce")


def layout_of(state):
    width = state["analysis.1.weight"].shape[0]
    features = state["first.weight"].shape[1]
    e = Layout(state)
    e.matrix("analysis.enter", "analysis.1", before=(3, 8), scale=1 / 255)
    for index in range(3):
        e.block(f"analysis.high.{index}", f"analysis.{2 + index}")
    e.matrix("analysis.down", "analysis.6", before=(width, 2))
    e.block("analysis.low", "analysis.7")
    e.block("synthesis.low", "synthesis_low.0")
    e.matrix("synthesis.up", "synthesis_low.1", after=(width, 2))
    for index in range(3):
        e.block(f"synthesis.high.{index}", f"synthesis_high.{index}")
    e.matrix("synthesis.leave", "synthesis_high.3", after=(3, 8), scale=255)
    e.vector("synthesis.quality_low", "quality_low.rows")
    e.vector("synthesis.quality_high", "quality_high.rows")
    e.matrix("hyper_analysis.enter", "hyper_analysis.0")
    e.depthwise("hyper_analysis.depthwise", "hyper_analysis.2")
    e.matrix("hyper_analysis.down", "hyper_analysis.4", before=(features, 2))
    e.block("hyper_analysis.block", "hyper_analysis.5")
    e.matrix("hyper_analysis.leave", "hyper_analysis.7", before=(features, 2))
    e.matrix("hyper_synthesis.enter", "hyper_enter.0", after=(features, 2))
    e.block("hyper_synthesis.block", "hyper_enter.2")
    e.matrix("hyper_synthesis.up", "hyper_leave.0", after=(features, 2))
    e.vector("hyper_synthesis.quality", "quality_hyper.rows")
    e.block("hyper_synthesis.leave", "hyper_block")
    e.matrix("context.0.leave", "first")
    for index in range(3):
        name, source = f"context.{index + 1}", f"contexts.{index}"
        e.matrix(name + ".enter", source + ".enter")
        e.vector(name + ".quality", source + ".quality.rows")
        e.depthwise(name + ".depthwise", source + ".depthwise")
        e.matrix(name + ".mix", source + ".mix")
        e.matrix(name + ".leave", source + ".leave")
    e.vector("latents.log_gain", "log_gain.rows")
    e.vector("hyper.log_gain", "hyper_log_gain.rows")
    e.vector("hyper.mean", "hyper_mean")
    e.vector("hyper.log_scale", "hyper_log_scale")
    return e


def write_safetensors(path, tensors, metadata):
    """The safetensors container: a length, a JSON header padded to 8 bytes, the tensors one after another."""
    header, offset, parts = {"__metadata__": metadata}, 0, []
    for name, tensor in sorted(tensors.items()):
        kind = "BF16" if name.endswith(".weight") else "F32"
        bytes_ = (tensor.bfloat16().view(torch.int16) if kind == "BF16" else tensor).numpy().tobytes()
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(bytes_)]}
        offset += len(bytes_)
        parts.append(bytes_)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    content = struct.pack("<Q", len(text)) + text + b"".join(parts)
    with open(path, "wb") as file:
        file.write(content)
    return hashlib.sha256(content).hexdigest()


def read_safetensors(path):
    """{name: float32 tensor} of a file that `write_safetensors` wrote."""
    with open(path, "rb") as file:
        content = file.read()
    length = struct.unpack("<Q", content[:8])[0]
    tensors = {}
    for name, entry in json.loads(content[8:8 + length]).items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            halves = entry["dtype"] == "BF16"
            flat = torch.frombuffer(bytearray(content[begin:end]), dtype=torch.bfloat16 if halves else torch.float32)
            tensors[name] = flat.float().reshape(entry["shape"])
    return tensors


def state_from(path):
    """The network's parameters out of a model file: what `layout_of` does, backwards."""
    codec = Codec()
    state = codec.state_dict()
    places = {name: torch.arange(value.numel(), dtype=torch.float64).reshape(value.shape) for name, value in state.items()}
    layout = layout_of(places)
    for name, value in read_safetensors(path).items():
        source, scale = layout.origins[name]
        flat = state[source].reshape(-1)
        flat[layout.tensors[name].reshape(-1).long()] = value.reshape(-1) / scale
        state[source] = flat.reshape(state[source].shape)
    return state


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--raw", action="store_true")
    options = parser.parse_args()
    state = torch.load(options.run + "/checkpoint.pt", map_location="cpu")
    weights = state["codec" if options.raw else "average"]
    Codec().load_state_dict(weights)  # fails here, not in the library, where names or shapes differ
    metadata = {"format": "lacuna-image-0", "steps": str(state["steps"]), "licence": "Apache-2.0"}
    layout = layout_of(weights)
    scaled = {name: value * layout.origins[name][1] for name, value in layout.tensors.items()}
    digest = write_safetensors(options.out, scaled, metadata)
    with open(options.out + ".sha256", "w") as file:
        file.write(digest + "\n")
    print(options.out, digest)


if __name__ == "__main__":
    main()
