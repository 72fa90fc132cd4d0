"""The image codec's network: what the encoder and the decoder share, as PyTorch trains it.

Shapes are [batch, channels, height, width]. All resampling is pixel (un)shuffle beside 1x1 convolutions, so
that an exact executor needs three operations only: 1x1 convolution, depthwise 3x3, (un)shuffle.
docs/format.md, section 5, describes the same network as the decoder runs it.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

SLOPE = 1 / 128  # of the leaky ReLU: a power of two, so that the product is exact
QUALITY_ROWS = 10  # the quality axis is piecewise linear between these rows; row k is trained at LAMBDA * 2**k
LAMBDA = 0.0008
GROUPS = 4  # latents are coded in four passes; see `Codec.pass_masks`
PASS_ORDER = (0, 3, 1, 2)


def activate(x):
    return F.leaky_relu(x, SLOPE)


class Block(nn.Module):
    """Residual block: spatial mixing (1x1, depthwise 3x3, 1x1), then channel mixing (1x1 up, 1x1 down)."""

    def __init__(self, channels, expansion=2):
        super().__init__()
        self.mix_in = nn.Conv2d(channels, channels, 1)
        self.depthwise = nn.Conv2d(channels, channels, 3, 1, 1, groups=channels)
        self.mix_out = nn.Conv2d(channels, channels, 1)
        self.expand = nn.Conv2d(channels, channels * expansion, 1)
        self.reduce = nn.Conv2d(channels * expansion, channels, 1)
        for layer in (self.mix_out, self.reduce):  # starts as the identity
            nn.init.normal_(layer.weight, std=1e-3)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        x = x + self.mix_out(self.depthwise(activate(self.mix_in(x))))
        return x + self.reduce(activate(self.expand(x)))


class QualityTable(nn.Module):
    """A vector a channel that depends on quality: rows at whole levels, linear between them."""

    def __init__(self, channels, start=0.0):
        super().__init__()
        self.rows = nn.Parameter(torch.zeros(QUALITY_ROWS, channels) + start)

    def forward(self, level):
        low = level.floor().clamp(0, QUALITY_ROWS - 2)
        share = (level - low)[:, None]
        low = low.long()
        return (self.rows[low] * (1 - share) + self.rows[low + 1] * share)[:, :, None, None]


class Context(nn.Module):
    """Mean and log-scale of one pass from the hyperprior's features and the latents already known."""

    def __init__(self, latents, features, width):
        super().__init__()
        self.enter = nn.Conv2d(features + latents, width, 1)
        self.quality = QualityTable(width)
        self.depthwise = nn.Conv2d(width, width, 3, 1, 1, groups=width)
        self.mix = nn.Conv2d(width, width, 1)
        self.leave = nn.Conv2d(width, 2 * latents, 1)

    def forward(self, features, known, level):
        x = activate(self.enter(torch.cat([features, known], 1)) + self.quality(level))
        return self.leave(activate(self.mix(self.depthwise(x)))).chunk(2, 1)


class Codec(nn.Module):
    def __init__(self, width=128, latents=192, hyper=64, features=128):
        super().__init__()
        self.latents = latents
        self.analysis = nn.Sequential(
            nn.PixelUnshuffle(8), nn.Conv2d(192, width, 1), Block(width), Block(width), Block(width),
            nn.PixelUnshuffle(2), nn.Conv2d(4 * width, latents, 1), Block(latents, 1))
        self.synthesis_low = nn.Sequential(Block(latents, 1), nn.Conv2d(latents, 4 * width, 1), nn.PixelShuffle(2))
        self.synthesis_high = nn.Sequential(
            Block(width), Block(width), Block(width), nn.Conv2d(width, 192, 1), nn.PixelShuffle(8))
        self.quality_low = QualityTable(latents)
        self.quality_high = QualityTable(width)
        self.hyper_analysis = nn.Sequential(
            nn.Conv2d(latents, features, 1), nn.LeakyReLU(SLOPE), nn.Conv2d(features, features, 3, 1, 1, groups=features),
            nn.PixelUnshuffle(2), nn.Conv2d(4 * features, features, 1), Block(features, 1),
            nn.PixelUnshuffle(2), nn.Conv2d(4 * features, hyper, 1))
        self.hyper_enter = nn.Sequential(nn.Conv2d(hyper, 4 * features, 1), nn.PixelShuffle(2), Block(features, 1))
        self.hyper_leave = nn.Sequential(nn.Conv2d(features, 4 * features, 1), nn.PixelShuffle(2))
        self.quality_hyper = QualityTable(features)
        self.hyper_block = Block(features, 1)
        self.first = nn.Conv2d(features, 2 * latents, 1)
        self.contexts = nn.ModuleList(Context(latents, features, features) for _ in range(GROUPS - 1))
        self.log_gain = QualityTable(latents)
        self.hyper_log_gain = QualityTable(hyper)
        self.hyper_mean = nn.Parameter(torch.zeros(hyper))
        self.hyper_log_scale = nn.Parameter(torch.zeros(hyper))

    def pass_masks(self, height, width, like):
        """Which latents each pass codes: group g at the 2x2 position class g ^ PASS_ORDER[pass]."""
        rows = torch.arange(height, device=like.device)[:, None] % 2
        columns = torch.arange(width, device=like.device)[None] % 2
        position = (rows * 2 + columns)[None, None]
        group = torch.arange(self.latents, device=like.device)[None, :, None, None] // (self.latents // GROUPS)
        return [(position == (group ^ order)).to(like) for order in PASS_ORDER]

    @staticmethod
    def bits(distance, scale):
        """Information of an integer bin at `distance` from the mean of a Gaussian."""
        scale = scale.clamp(min=0.11)
        distance = distance.abs()
        upper = torch.erfc((distance - 0.5) / (scale * math.sqrt(2)))
        lower = torch.erfc((distance + 0.5) / (scale * math.sqrt(2)))
        return -torch.log2((0.5 * (upper - lower)).clamp(min=1e-9))

    @classmethod
    @torch.no_grad()
    def quantize(cls, steps, scale, level):
        """The symbols that the encoder sends: the nearest integers, or the next towards zero where that saves more rate than it costs."""
        nearest = torch.round(steps)
        smaller = nearest - torch.sign(nearest)
        trade = (0.125 - 0.015 * level).clamp(min=0.05)[:, None, None, None]  # as QualityLevel.Trade has it
        saved = cls.bits(nearest, scale) - cls.bits(smaller, scale)
        return torch.where((steps - smaller) ** 2 - (steps - nearest) ** 2 < trade * saved, smaller, nearest)

    def forward(self, x, level):
        """Returns the reconstruction, bits of the latents and bits of the hyper-latents, [batch] each."""
        noise = (lambda t: torch.rand_like(t) - 0.5) if self.training else None
        y = self.analysis(x - 0.5)
        log_gain = self.log_gain(level)
        gain = torch.exp(log_gain)

        hyper_gain = torch.exp(self.hyper_log_gain(level))
        mean = self.hyper_mean[None, :, None, None]
        scale = torch.exp(self.hyper_log_scale)[None, :, None, None]
        z = (self.hyper_analysis(y) - mean) * hyper_gain
        z_rounded = torch.round(z)
        z_bits = self.bits(z + noise(z) if noise else z_rounded, scale * hyper_gain)
        z_hat = (z + (z_rounded - z).detach()) / hyper_gain + mean

        height, width = y.shape[2:]
        features = self.hyper_leave(self.hyper_enter(z_hat))[:, :, :height, :width] + self.quality_hyper(level)
        features = self.hyper_block(activate(features))

        masks = self.pass_masks(height, width, y)
        known = mean = scale = symbols = 0
        for index, mask in enumerate(masks):
            if index == 0:
                mean_here, log_scale_here = self.first(features).chunk(2, 1)
            else:
                mean_here, log_scale_here = self.contexts[index - 1](features, known, level)
            scale_here = torch.exp((log_scale_here + log_gain).clamp(-3, 6))
            symbols_here = self.quantize((y - mean_here) * gain, scale_here, level)
            y_hat = mean_here + symbols_here / gain
            known = known + mask * (y + (y_hat - y).detach())
            mean = mean + mask * mean_here
            scale = scale + mask * scale_here
            symbols = symbols + mask * symbols_here

        # Scales learn from the symbols that are sent, everything else from noise in their place.
        y_bits = self.bits(symbols, scale)
        if noise:
            distance = (y - mean) * gain
            y_bits = y_bits + self.bits(distance + noise(distance), scale.detach())
            y_bits = y_bits - self.bits(symbols, scale.detach())

        low = self.synthesis_low(known + self.quality_low(level))
        picture = self.synthesis_high(low + self.quality_high(level)) + 0.5
        return picture, y_bits.sum((1, 2, 3)), z_bits.sum((1, 2, 3))


def klt(samples, count):
    """Orthonormal Karhunen-Loeve basis [count, dimension], deviations [count]; samples [n, dimension], mean removed."""
    values, vectors = torch.linalg.eigh(samples.T @ samples / len(samples))
    order = values.argsort(descending=True)[:count]
    return vectors[:, order].T.contiguous(), values[order].clamp(min=1e-10).sqrt()


@torch.no_grad()
def start_as_transform_codec(codec, pictures, level_step):
    """Initialises the network as a linear transform codec: a Karhunen-Loeve transform with half-whitened features.

    `pictures` [n, 3, 128, 128] in 0..1; `level_step(row)` gives the uniform quantiser step in 0..1 units.
    Training then starts above JPEG instead of from noise, and residual blocks learn what a transform cannot do.
    """
    analysis, low, high = codec.analysis, codec.synthesis_low, codec.synthesis_high
    width = analysis[1].out_channels

    def rows(t):
        return t.permute(0, 2, 3, 1).reshape(-1, t.shape[1])

    first, deviation = klt(rows(F.pixel_unshuffle(pictures - 0.5, 8)), width)
    root = deviation.sqrt()
    analysis[1].weight.copy_((first / root[:, None])[:, :, None, None])
    analysis[1].bias.zero_()
    high[3].weight.copy_((first * root[:, None]).T[:, :, None, None])
    high[3].bias.zero_()

    flat = F.pixel_unshuffle(F.conv2d(F.pixel_unshuffle(pictures - 0.5, 8), first[:, :, None, None]), 2)
    second, deviation = klt(rows(flat), codec.latents)
    interleave = torch.arange(codec.latents).reshape(-1, GROUPS).T.reshape(-1)  # every group gets strong and weak components
    second, deviation = second[interleave], deviation[interleave]
    inner = root.repeat_interleave(4)  # unshuffle puts channel c at 4c..4c+3
    outer = deviation.sqrt()
    analysis[6].weight.copy_((second * inner[None] / outer[:, None])[:, :, None, None])
    analysis[6].bias.zero_()
    low[1].weight.copy_((second * outer[:, None] / inner[None]).T[:, :, None, None])
    low[1].bias.zero_()

    for row in range(QUALITY_ROWS):
        codec.log_gain.rows[row] = torch.log(outer / level_step(row))
    for head in [codec.first] + [context.leave for context in codec.contexts]:
        head.weight.mul_(0.1)
        head.bias[:codec.latents] = 0
        head.bias[codec.latents:] = torch.log(outer)
