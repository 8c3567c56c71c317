"""pytorch_models.py FOLDER: exports small random networks with the PyTorch at hand, each as NAME/model.pt2 with its
inputs x_*.npy (channels first, as the network takes them) and its outputs y_*.npy."""

import os
import sys

import numpy
import torch
import torch.nn.functional as F
from torch import nn

SAMPLES = 24


class Call(nn.Module):
    """A network that is a function of its layers and inputs."""

    def __init__(self, function, **layers):
        super().__init__()
        for name, layer in layers.items():
            setattr(self, name, layer)
        self.function = function

    def forward(self, x):
        return self.function(self, x)


class Indexed(Call):
    """A network with lists of places."""

    def __init__(self, function, lists, **layers):
        super().__init__(function, **layers)
        for name, numbers in lists.items():
            self.register_buffer(name, numbers)


class Call2(Call):
    def forward(self, x, y):
        return self.function(self, x, y)


class Block(nn.Module):
    """A residual block as torchvision has it: activations in place."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += identity
        return self.relu(out)


class Mixer(nn.Module):
    """Two mixing layers, over places and over features."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(6), nn.LayerNorm(6)
        self.places = nn.Sequential(nn.Linear(5, 8), nn.GELU(), nn.Linear(8, 5))
        self.features = nn.Sequential(nn.Linear(6, 9), nn.GELU(), nn.Linear(9, 6))

    def forward(self, x):
        x = x + self.places(self.norm1(x).transpose(1, 2)).transpose(1, 2)
        return x + self.features(self.norm2(x))


class SelfAttention(nn.Module):
    """Attention written out, with heads split off by view and transpose."""

    def __init__(self, causal=False):
        super().__init__()
        self.qkv, self.out, self.causal = nn.Linear(8, 24), nn.Linear(8, 8), causal
        self.register_buffer("mask", torch.tril(torch.ones(5, 5, dtype=torch.bool)), persistent=False)

    def forward(self, x):
        b, t, e = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, 2, 4).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-2, -1) * 4**-0.5
        if self.causal:
            scores = scores.masked_fill(~self.mask, float("-inf"))
        return self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, e))


class MultiHead(nn.Module):
    def __init__(self, batch_first, weights):
        super().__init__()
        self.attention, self.weights = nn.MultiheadAttention(8, 2, batch_first=batch_first), weights
        self.first = batch_first

    def forward(self, x):
        x = x if self.first else x.transpose(0, 1)
        y = self.attention(x, x, x, need_weights=self.weights)[0]
        return y if self.first else y.transpose(0, 1)


class Recurrent(nn.Module):
    def __init__(self, layer, state=False):
        super().__init__()
        self.layer, self.state = layer, state

    def forward(self, x):
        y, state = self.layer(x)
        if not self.state:
            return y
        state = state[0] if isinstance(state, tuple) else state
        return state[-1] + y[:, -1, : state.shape[-1]]


class Tokens(nn.Module):
    """A class token and trained places, as vision transformers have them."""

    def __init__(self):
        super().__init__()
        self.patch = nn.Conv2d(2, 8, 4, 4)
        self.token = nn.Parameter(torch.randn(1, 1, 8))
        self.places = nn.Parameter(torch.randn(1, 5, 8))
        self.encoder = nn.TransformerEncoderLayer(8, 2, 12, batch_first=True, norm_first=True)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        x = self.patch(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1) + self.places
        return self.head(self.encoder(x)[:, 0])


class Shuffle(nn.Module):
    """Half of the channels through depthwise convolutions, then all mixed up."""

    def __init__(self):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(4, 4, 1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1, groups=4), nn.Conv2d(4, 4, 1))

    def forward(self, x):
        a, b = x.chunk(2, 1)
        x = torch.cat([a, self.branch(b)], 1)
        n, c, h, w = x.shape
        return x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w)


def randomised(model):
    """The network with numbers in its batch norms as training leaves them."""
    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.3)
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 1.5)
        if isinstance(module, (nn.LayerNorm, nn.GroupNorm)):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.3)
    return model


def activations(names):
    return nn.Sequential(*(getattr(nn, name)() for name in names))


def networks():
    """Name, network, and the shape of a sample of each input."""
    yield "mlp", nn.Sequential(nn.Linear(16, 24), nn.ReLU(), nn.BatchNorm1d(24), nn.Dropout(0.3), nn.Linear(24, 5), nn.Softmax(1)), [(16,)]
    yield "activations_smooth", nn.Sequential(nn.Linear(8, 8), activations(["Tanh", "Sigmoid", "SiLU", "GELU", "Mish", "Softplus", "ELU", "SELU", "CELU", "LogSigmoid", "Softsign", "Tanhshrink"])), [(8,)]
    yield "activations_hard", nn.Sequential(nn.Linear(8, 8), activations(["ReLU6", "Hardtanh", "LeakyReLU", "Hardswish", "Hardsigmoid"]), nn.PReLU(8), nn.Threshold(0.1, 0.0), nn.GELU("tanh")), [(8,)]
    yield "cnn_padding", nn.Sequential(nn.Conv2d(3, 6, 3, padding=1, stride=2), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(54, 4)), [(3, 12, 12)]
    yield "cnn_same", nn.Sequential(nn.Conv2d(2, 4, (3, 4), padding="same"), nn.ReLU(), nn.AvgPool2d(2, padding=1), nn.Flatten(), nn.Linear(100, 3)), [(2, 8, 8)]
    yield "cnn_groups", nn.Sequential(nn.Conv2d(4, 8, 3, groups=2, padding=1), nn.ReLU(), nn.Conv2d(8, 8, 3, groups=8), nn.ReLU6(), nn.Conv2d(8, 6, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten()), [(4, 9, 9)]
    yield "cnn_dilation", nn.Sequential(nn.Conv2d(2, 4, 3, dilation=2, padding=2), nn.ReLU(), nn.Conv2d(4, 4, (3, 1), dilation=(2, 1)), nn.AdaptiveAvgPool2d((2, 5))), [(2, 10, 10)]
    yield "cnn_1d", nn.Sequential(nn.Conv1d(3, 5, 5, padding=2), nn.BatchNorm1d(5), nn.ReLU(), nn.MaxPool1d(3, 2, 1), nn.Conv1d(5, 4, 3, dilation=2), nn.AvgPool1d(2), nn.Flatten(), nn.Linear(12, 2)), [(3, 20)]
    yield "resnet", nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), Block(4, 4, 1), Block(4, 8, 2), nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(1), nn.Linear(8, 5)), [(3, 8, 8)]
    yield "transposed", nn.Sequential(nn.ConvTranspose2d(3, 4, 3, stride=2, padding=1, output_padding=1), nn.ReLU(), nn.ConvTranspose2d(4, 2, 2, stride=2, bias=False)), [(3, 5, 5)]
    yield "transposed_1d", nn.Sequential(nn.ConvTranspose1d(3, 4, 4, stride=2, padding=1), nn.Tanh(), nn.Conv1d(4, 1, 3)), [(3, 7)]
    yield "unet", Call(lambda m, x: (lambda a: m.last(torch.cat([a, m.up(m.down(a))], 1)))(F.relu(m.first(x))), first=nn.Conv2d(2, 4, 3, padding=1), down=nn.Sequential(nn.MaxPool2d(2), nn.Conv2d(4, 6, 3, padding=1), nn.ReLU()), up=nn.ConvTranspose2d(6, 4, 2, 2), last=nn.Conv2d(8, 1, 1)), [(2, 8, 8)]
    yield "lstm", Recurrent(nn.LSTM(4, 6, batch_first=True)), [(7, 4)]
    yield "lstm_state", Recurrent(nn.LSTM(4, 6, batch_first=True), True), [(7, 4)]
    yield "lstm_layers", Recurrent(nn.LSTM(4, 5, num_layers=2, batch_first=True), True), [(6, 4)]
    yield "lstm_bidirectional", nn.Sequential(Recurrent(nn.LSTM(3, 4, batch_first=True, bidirectional=True)), nn.Linear(8, 2)), [(5, 3)]
    yield "gru", nn.Sequential(Recurrent(nn.GRU(4, 6, batch_first=True)), nn.Flatten(), nn.Linear(42, 3)), [(7, 4)]
    yield "gru_bidirectional", Recurrent(nn.GRU(3, 4, num_layers=2, batch_first=True, bidirectional=True, bias=False)), [(5, 3)]
    yield "rnn", nn.Sequential(Recurrent(nn.RNN(3, 5, batch_first=True)), Recurrent(nn.RNN(5, 4, nonlinearity="relu", batch_first=True))), [(6, 3)]
    yield "gru_time_first", Call(lambda m, x: m.gru(x.transpose(0, 1))[0][-1], gru=nn.GRU(3, 5)), [(6, 3)]
    yield "attention", SelfAttention(), [(5, 8)]
    yield "attention_causal", SelfAttention(True), [(5, 8)]
    yield "attention_fused", Call(lambda m, x: F.scaled_dot_product_attention(m.q(x), m.k(x), m.v(x), is_causal=True), q=nn.Linear(8, 4), k=nn.Linear(8, 4), v=nn.Linear(8, 6)), [(5, 8)]
    yield "multihead", MultiHead(True, False), [(5, 8)]
    yield "multihead_weights", MultiHead(False, True), [(5, 8)]
    yield "transformer", Tokens(), [(2, 8, 8)]
    yield "mixer", Mixer(), [(5, 6)]
    yield "einsum", Call(lambda m, x: torch.einsum("bij,jk->bik", torch.einsum("...ij,...kj->...ik", x, x), m.a.weight), a=nn.Linear(4, 5, bias=False)), [(5, 3)]
    yield "functional", Call(lambda m, x: F.log_softmax(m.b(F.leaky_relu(m.a(x), 0.2) * torch.sigmoid(x).mean(1, keepdim=True) - 0.3), dim=1), a=nn.Linear(6, 10), b=nn.Linear(10, 4)), [(6,)]
    yield "arithmetic", Call(lambda m, x: torch.exp(-x.abs()) / (1 + x.pow(2)).sqrt() + torch.rsqrt(x * x + 2) - (3 - x).clamp(-1, 2.5) + 2 / (x * x + 1)), [(7,)]
    yield "reductions", Call(lambda m, x: torch.cat([x.mean((2, 3)), x.amax((2, 3)), x.sum(3).amin(2), x.var((2, 3)), x.std((2, 3), unbiased=False), x.norm(dim=(2, 3)), x.logsumexp((2, 3)), x.max(3).values.min(2).values], 1)), [(3, 4, 5)]
    yield "split_stack", Call(lambda m, x: torch.stack([F.relu(a) for a in torch.split(x, [2, 3, 3], 1)[1:]], 2).flatten(1)), [(8,)]
    yield "slices", Call(lambda m, x: torch.cat([x[:, 1:7:2], x[:, -3:], x[:, [0, 2, 5]], x[:, 4].unsqueeze(1), x.flip(1)[:, :2], x.narrow(1, 2, 3)], 1)), [(8, 3)]
    yield "interpolate", nn.Sequential(nn.Conv2d(2, 3, 3), nn.Upsample(scale_factor=2), nn.ConstantPad2d((1, 0, 2, 1), 0.5), nn.Conv2d(3, 2, 3), nn.Upsample(scale_factor=2, mode="bilinear")), [(2, 6, 6)]
    yield "pad_shuffle", nn.Sequential(nn.ZeroPad2d((1, 2, 0, 1)), nn.Conv2d(1, 8, 2), nn.PixelShuffle(2)), [(1, 5, 5)]
    yield "shuffle", Shuffle(), [(8, 6, 6)]
    yield "norms", nn.Sequential(nn.Conv2d(3, 6, 3), nn.GroupNorm(3, 6), nn.ReLU(), nn.InstanceNorm2d(6, affine=True), nn.Flatten(2), nn.LayerNorm(16), nn.Flatten()), [(3, 6, 6)]
    yield "views", Call(lambda m, x: m.fc(x.permute(0, 2, 3, 1).reshape(x.shape[0], 8, 9).transpose(1, 2).contiguous().view(-1, 12, 6).flatten(1)), fc=nn.Linear(72, 4)), [(3, 4, 6)]
    yield "batched_linear", Call(lambda m, x: m.b(m.a(x.reshape(-1, 6)).relu().reshape(-1, 5, 4).flatten(1)), a=nn.Linear(6, 4), b=nn.Linear(20, 3)), [(5, 6)]
    yield "embedding", Call(lambda m, x: m.b(m.a(x).mean(1)), a=nn.Embedding(12, 6), b=nn.Linear(6, 3)), [("int", (5,))]
    yield "glu_swish", Call(lambda m, x: F.glu(m.a(x), 1) * F.silu(x) + F.normalize(x, dim=1), a=nn.Linear(6, 12)), [(6,)]
    yield "shared", Call(lambda m, x: m.b(m.r(m.a(m.r(m.a(x)) + x))), a=nn.Linear(6, 6), r=nn.ReLU(), b=nn.Linear(6, 2)), [(6,)]
    yield "two_inputs", Call2(lambda m, x, y: m.c(torch.cat([F.relu(m.a(x)), torch.tanh(m.b(y))], 1)), a=nn.Linear(5, 4), b=nn.Linear(3, 4), c=nn.Linear(8, 2)), [(5,), (3,)]
    yield "two_outputs", Call2(lambda m, x, y: (m.a(x) @ y, torch.minimum(x.sum(2), y.mean(1))), a=nn.Linear(3, 4)), [(5, 3), (4, 5)]
    yield "image_and_vector", Call2(lambda m, x, y: (m.conv(x) * torch.sigmoid(m.gate(y))[:, :, None, None] + m.conv.bias.view(1, -1, 1, 1)).mean((2, 3)), conv=nn.Conv2d(2, 4, 3), gate=nn.Linear(3, 4)), [(2, 6, 6), (3,)]


    yield from computed_masks()
    yield from geometry()
    yield from graphs()
    yield from grids()


def computed_masks():
    """Truths of what the network computes, and what is chosen by them."""

    def pooled(m, x):
        mask = torch.any(x != 0, dim=-1, keepdim=True)
        p = F.relu(m.phi(x)).masked_fill(~mask, 0.0)
        strong = (x[..., :1] > 0.2) & (x[..., 1:2] <= x[..., 2:3]) | (x[..., 3:] >= 1)
        q = torch.where(strong, p, torch.full_like(p, -1.0))
        lone = torch.all(x[:, :2] < 0.5, dim=1).float() + (x.sum(1) == 0) + torch.logical_xor(x[:, 0] > 0, x[:, 1] > 0)
        return p.sum(1) / mask.sum(1).clamp(min=1), q.amax(1), lone, torch.heaviside(x[:, 0], torch.tensor(0.25))

    def attended(m, x):
        mask = x.abs().sum(-1) > 1e-6
        return F.scaled_dot_product_attention(m.q(x), m.k(x), x, attn_mask=mask.unsqueeze(1).expand(-1, 6, -1))

    def places(m, x):
        y = m.a(x)
        values, where = y.max(1)
        return values, where.float(), y.argmin(1).float(), F.one_hot(x.abs().amax(1).clamp(0, 3).long(), 4).float()

    yield "masked_pool", Call(pooled, phi=nn.Linear(4, 6)), [("padded", (6, 4))]
    yield "masked_attention", Call(attended, q=nn.Linear(4, 3), k=nn.Linear(4, 3)), [("padded", (6, 4))]
    # What is not read.
    yield "largest", Call(lambda m, x: x.topk(2, dim=1).values + m.a(x[:, :2]), a=nn.Linear(2, 2)), [(5,)]
    yield "places", Call(places, a=nn.Linear(5, 5)), [(5,)]


def geometry():
    """Angles and distances as jets have them between their particles."""

    def pairs(m, x):
        px, py, pz = x.unbind(-1)
        pt, phi = torch.hypot(px, py), torch.atan2(py, px)
        delta = (phi.unsqueeze(2) - phi.unsqueeze(1) + torch.pi) % (2 * torch.pi) - torch.pi
        rest = torch.fmod(pz, 0.75) + torch.trunc(px) + py.frac() + torch.div(pz, 0.5, rounding_mode="floor")
        mixed = torch.lerp(px, py, 0.3) + torch.addcmul(px, py, pz, value=0.5) + torch.addcdiv(px, py, pt + 1)
        return delta.abs().sum(2), torch.logaddexp(pt, rest), mixed, torch.nan_to_num(x).sum(-1) // 2

    def distances(m, x):
        near = torch.exp(-torch.cdist(x, x).square()) @ x
        alike = F.cosine_similarity(x.unsqueeze(2), m.w.unsqueeze(0), dim=-1)
        apart = F.pairwise_distance(x[:, 0], x[:, 1], p=1)
        variance, mean = torch.var_mean(x, 1)
        return near, alike, apart, variance * mean, F.mse_loss(x, near, reduction="none").mean((1, 2))

    def products(m, x):
        form = torch.einsum("bni,ij,bmj->bnm", x, m.w, x)
        return form.triu(1).sum(2), torch.diagonal(form, dim1=1, dim2=2), m.pair(x[:, 0], x[:, 1])

    yield "angles", Call(pairs), [("padded", (6, 3))]
    yield "distances", Call(distances, w=nn.Parameter(torch.randn(5, 4))), [(5, 4)]
    yield "bilinear_forms", Call(products, w=nn.Parameter(torch.randn(4, 4)), pair=nn.Bilinear(4, 4, 3)), [(5, 4)]


def graphs():
    """Sums over the edges of graphs that are known, and tokens that are."""

    def edges(m, x):
        e = F.relu(m.edge(torch.cat([x[:, m.target], x[:, m.source]], -1)))
        sums = torch.zeros(x.shape[0], 4, 5).index_add(1, m.target, e)
        wide = m.target.view(1, -1, 1).expand(x.shape[0], -1, 5)
        return sums, torch.zeros(x.shape[0], 4, 5).scatter_add(1, wide, e) - x[:, m.near].mean(2).sum(-1, keepdim=True)

    def upper(m, x):
        i, j = torch.triu_indices(4, 4, 1)
        y = (x @ x.transpose(1, 2))[:, i, j]
        z = torch.gather(x, 2, m.near.unsqueeze(0).expand(x.shape[0], -1, -1))
        return y, z, x.select_scatter(y[:, :3], 1, 2)

    def token(m, x):
        c = m.token.expand(x.shape[0], -1, -1)
        return m.a(c, torch.cat([c, x], 1), torch.cat([c, x], 1), need_weights=False)[0].squeeze(1)

    def grouped(m, x):
        q, k = m.q(x).unflatten(2, (4, 2)).transpose(1, 2), m.k(x).unflatten(2, (2, 2)).transpose(1, 2)
        return F.scaled_dot_product_attention(q, k, k, enable_gqa=True).transpose(1, 2).flatten(2)

    pairs = [(i, j) for i in range(4) for j in range(4) if i != j]
    target, source = (torch.tensor(side) for side in zip(*pairs))
    lists = {"target": target, "source": source, "near": torch.tensor([[1, 2], [0, 2], [2, 1], [0, 0]])}
    yield "edges", Indexed(edges, lists, edge=nn.Linear(6, 5)), [(4, 3)]
    yield "upper_triangle", Indexed(upper, lists), [(4, 3)]
    yield "class_token", Call(token, token=nn.Parameter(torch.randn(1, 1, 8)), a=nn.MultiheadAttention(8, 2, batch_first=True)), [(4, 8)]
    yield "shared_heads", Call(grouped, q=nn.Linear(6, 8), k=nn.Linear(6, 4)), [(5, 6)]


def grids():
    """Windows of several sizes, windows as columns, and volumes."""

    def resized(m, x):
        a = F.interpolate(x, size=(7, 3), mode="bilinear") + F.interpolate(x, size=(7, 3), mode="nearest")
        b = F.interpolate(x, scale_factor=1.7, mode="bicubic") + F.interpolate(x, size=(6, 8), mode="nearest-exact")
        return a, b, F.interpolate(x[:, :, 0], size=9, mode="linear", align_corners=True)

    def patches(m, x):
        columns = F.unfold(x, (2, 3), padding=1, stride=(1, 2))
        return columns, F.fold(columns * m.w, (4, 6), (2, 3), padding=1, stride=(1, 2)), x.unfold(3, 3, 2).sum(3)

    pools = lambda m, x: (F.adaptive_avg_pool2d(x, (2, 3)), F.adaptive_max_pool2d(x, (3, 2)), F.avg_pool2d(x, 2, divisor_override=3))
    yield "resized", Call(resized), [(2, 4, 5)]
    yield "patches", Call(patches, w=nn.Parameter(torch.randn(12, 1))), [(2, 4, 6)]
    yield "uneven_pools", Call(pools), [(2, 5, 7)]
    yield "unshuffle", nn.Sequential(nn.Conv2d(2, 4, 3, padding=1), nn.LocalResponseNorm(3), nn.PixelUnshuffle(2), nn.ChannelShuffle(4)), [(2, 4, 6)]
    yield "volume", nn.Sequential(nn.Conv3d(1, 3, 2, padding=1), nn.ReLU(), nn.MaxPool3d(2), nn.AvgPool3d((1, 2, 1))), [(1, 4, 5, 6)]


def sample(shape, generator):
    if shape[0] == "padded":
        # Some samples have fewer rows of numbers, and some have none.
        numbers = torch.randn(SAMPLES, *shape[1], generator=generator)
        for index in range(SAMPLES):
            numbers[index, shape[1][0] - index % 3 * shape[1][0] // 2 :] = 0
        return numbers
    if shape[0] == "int":
        return torch.randint(0, 12, (SAMPLES, *shape[1]), generator=generator)
    return torch.randn(SAMPLES, *shape, generator=generator)


def main():
    folder = sys.argv[1]
    generator = torch.Generator().manual_seed(7)
    torch.manual_seed(7)
    for name, model, shapes in networks():
        model = randomised(model).eval()
        inputs = tuple(sample(shape, generator) for shape in shapes)
        place = os.path.join(folder, name)
        os.makedirs(place, exist_ok=True)
        try:
            with torch.no_grad():
                outputs = model(*inputs)
            batch = torch.export.Dim("batch", min=1, max=4096)
            examples = tuple(x[:3] for x in inputs)
            program = torch.export.export(model, examples, dynamic_shapes=tuple({0: batch} for _ in inputs))
            torch.export.save(program, os.path.join(place, "model.pt2"))
        except Exception as error:  # what PyTorch cannot export is no model
            print(f"{name}: not exported: {type(error).__name__}: {str(error)[:200]}", file=sys.stderr)
            continue
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        for kind, tensors in (("x", inputs), ("y", outputs)):
            for index, tensor in enumerate(tensors):
                numpy.save(os.path.join(place, f"{kind}_{index}.npy"), tensor.detach().numpy())


if __name__ == "__main__":
    main()
