"""Adder graphs of the layers of a Keras file: da4ml's and ours, side by side.

    make adders MODEL=weights.h5 [WORDS='...']        (da4ml 0.6.0 and h5py in .cache/da4ml; Debian's yosys)
    python adder_graphs.py weights.h5 [--weights 16,6] [--inputs 16,6] [--hidden u14,5] [--count kept,merged]

Types are `width,integer`, with a `u` where there is no sign. Weights are rounded and saturated; where no type is stated,
they have 6 bits and the largest of a layer fills them. The first layer reads `--inputs`, the others `--hidden`. Biases are
left out: da4ml adds them after its graph. Every graph is checked against its matrix.

da4ml is asked for every layer with all its settings (`SETTINGS`). Rows for a layer and for the whole network:

    da4ml           as its command line asks it (hard_dc 2)
    da4ml level     of all its settings the fewest estimated LUTs at no more depth than ours
    da4ml best      the fewest at any depth
    ours, ours +2   at the least depth, and with 2 more levels of adders

Estimated LUTs are one for every bit of a carry chain. Yosys counts those of the same graphs as Verilog, for UltraScale+
without DSP: `kept`, with every sum a carry chain, which is what the estimate means; `merged`, with sums that are used once
merged into the next, as Yosys does by itself.
"""

import argparse
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

from adder_verilog import luts

# hard_dc: levels of adders beyond the fewest (-1: any number); method0: how pairs are weighed. The first is what its
# command line takes. A bit of a carry chain is what it, too, has to save.
SETTINGS = [dict(hard_dc=depth, method0=method, adder_size=1, carry_size=-1)
            for depth, method in itertools.product((2, 0, 1, 4, -1), ('wmc', 'mc', 'wmc-pdc'))]


class Type:
    def __init__(self, text):
        width, integer = map(int, text.lstrip('u').split(','))
        self.fraction = width - integer
        self.low, self.high = (0, 2**width - 1) if text[0] == 'u' else (-(2**(width - 1)), 2**(width - 1) - 1)

    def raw(self, numbers):
        return np.clip(np.round(numbers * 2.0**self.fraction), self.low, self.high).astype(int)


def layers(words):
    """The names of the layers in the order of the file, and what they compute with integers."""
    kernels = []

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and item.ndim == 2 and 'kernel' in name:
            kernels.append((name.split('/')[-2], item[()]))

    h5py.File(words.model).visititems(visit)
    tasks = []
    for index, (_, kernel) in enumerate(kernels):
        weights = Type(words.weights or f'6,{math.ceil(math.log2(np.abs(kernel).max())) + 1}').raw(kernel)
        values = Type(words.hidden if index else words.inputs)
        tasks.append({
            'inputs': [{'low': values.low, 'high': values.high, 'zeros': 0}] * kernel.shape[0],
            'outputCount': kernel.shape[1], 'weights': weights.flatten().tolist(), 'biases': [0] * kernel.shape[1]})
    return [name for name, _ in kernels], tasks


def numbers(groups):
    return ', '.join('-' if not group else ' '.join(map(str, group)) for group in groups)


def peer(task, setting):
    """The graph that da4ml finds, in our form: what it turns at the end is taken off 0."""
    from da4ml.cmvm import solve
    n = len(task['inputs'])
    kernel = np.array(task['weights'], dtype=np.float32).reshape(n, task['outputCount'])
    found = solve(kernel, qintervals=[(float(x['low']), float(x['high']), 1.0) for x in task['inputs']], **setting)
    sums, values = [], [(i, 0, 0) for i in range(n)]  # node (n is the constant 0), shift, sign
    for stage in found.solutions:
        made = []
        for op in stage.ops:
            if op.opcode == -1:
                source = values[op.id0]
                made.append(source and (source[0], source[1] + stage.inp_shifts[op.id0], source[2]))
                continue
            a, b = made[op.id0], made[op.id1]
            b = (b[0], b[1] + op.data, b[2] ^ op.opcode)
            if a[2] and not b[2]:
                a, b = b, a
            sums.append([a[0], b[0], b[1] - a[1], a[2] ^ b[2]])
            made.append((n + len(sums), min(a[1], b[1]), a[2]))
        values = [None if i < 0 or not made[i] else (made[i][0], made[i][1] + s, made[i][2] ^ int(negated))
                  for i, s, negated in zip(stage.out_idxs, stage.out_shifts, stage.out_negs)]
    outputs = []
    for value in values:
        if value and value[2]:
            sums.append([n, value[0], 0, 1])
            value = (n + len(sums), value[1], 0)
        outputs.append(value and value[:2])
    return {'inputs': numbers([x['low'], x['high'], x['zeros']] for x in task['inputs']), 'constants': '0',
            'sums': numbers(sums), 'outputs': numbers(outputs)}


class Probe:
    """Our optimiser, and what graphs cost by our own count."""

    def __init__(self, folder):
        self.binary = os.environ.get('ADDERPROBE', '.build/release/AdderProbe')
        self.folder = folder

    def file(self, name, value):
        path = os.path.join(self.folder, name)
        with open(path, 'w') as file:
            json.dump(value, file)
        return path

    def run(self, *words):
        return json.loads(subprocess.run([self.binary, *words], check=True, capture_output=True, text=True).stdout)

    def search(self, task, slack):
        start = os.times().children_user
        row, = self.run('search', self.file('task.json', [task]), str(slack))
        return row | {'seconds': os.times().children_user - start}

    def cost(self, graphs, task):
        return self.run('cost', self.file('graphs.json', graphs), self.file('task.json', [task] * len(graphs)))


def rows(probe, task):
    """The graphs of a layer by the name of their row."""
    ours = {'ours': probe.search(task, 0), 'ours +2': probe.search(task, 2)}
    graphs, seconds = [], []
    for setting in SETTINGS:
        start = time.process_time()
        graphs.append(peer(task, setting))
        seconds.append(time.process_time() - start)
    found = [row | {'seconds': s} for row, s in zip(probe.cost(graphs, task), seconds)]
    level = [row for row in found if row['depth'] <= ours['ours']['depth']]

    def best(some):
        return min(some, key=lambda row: (row['luts'], row['depth'], row['adders'])) if some else None

    return {'da4ml': found[0], 'da4ml level': best(level), 'da4ml best': best(found)} | ours


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('model')
    parser.add_argument('--weights')
    parser.add_argument('--inputs', default='8,8')
    parser.add_argument('--hidden', default='u6,6')
    parser.add_argument('--count', default='', help='what Yosys counts: kept, merged, or both')
    words = parser.parse_args()
    names, tasks = layers(words)
    counts = [kind for kind in words.count.split(',') if kind]
    print(f"{words.model}: {sum(sum(w != 0 for w in t['weights']) for t in tasks)} weights that are not zero")
    print(f"| layer | graphs of | adders | depth | est. LUT | {''.join(f'Yosys {kind} | ' for kind in counts)}CPU s |")
    print('|---' * (6 + len(counts)) + '|')
    keys = ['adders', 'depth', 'luts', *counts, 'seconds']
    with tempfile.TemporaryDirectory() as folder:
        found = {(name, graphs): row for name, task in zip(names, tasks)
                 for graphs, row in rows(Probe(folder), task).items() if row}
    for kind in counts:
        for key, count in luts(found, kind == 'kept').items():
            found[key][kind] = count
    for (name, graphs), row in found.items():
        show(name, graphs, row, keys)
    for graphs in dict.fromkeys(graphs for _, graphs in found):
        some = [row for (_, other), row in found.items() if other == graphs]
        if len(some) == len(names):
            show('all', graphs, {key: sum(row[key] for row in some) for key in keys}, keys)


def show(layer, graphs, row, keys):
    print(f"| {layer} | {graphs} | {' | '.join(f'{row[k]:.2f}' if k == 'seconds' else str(row[k]) for k in keys)} |",
          flush=True)


if __name__ == '__main__':
    sys.exit(main())
