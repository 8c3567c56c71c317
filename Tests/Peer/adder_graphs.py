"""Adder graphs of the layers of a Keras file: da4ml's and ours, side by side.

    make adders MODEL=weights.h5          (da4ml 0.6.0 and h5py in .cache/da4ml; yosys for the last column)
    python adder_graphs.py weights.h5 [--inputs signed8] [--slack 0] [--no-yosys]

Weights are rounded to 6 bits, the largest of a layer filling them; the first layer reads signed bytes, the others
unsigned 6-bit numbers. Biases are left out: da4ml adds them after its graph. Every graph is checked against its matrix.
Estimated LUTs are one for every bit of a carry chain; Yosys counts those of the same graphs printed as Verilog in the
same way, one module for each kind of adder, each kept as it is.
"""

import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np


def layers(path):
    """Kernels in the order of the file, as integers of 6 bits, with the intervals of their inputs."""
    kernels = []

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and item.ndim == 2 and 'kernel' in name:
            kernels.append(item[()])

    h5py.File(path).visititems(visit)
    tasks = []
    for index, kernel in enumerate(kernels):
        fraction = 5 - math.ceil(math.log2(np.abs(kernel).max()))
        weights = np.clip(np.round(kernel * 2.0**fraction), -32, 31).astype(int)
        low, high = (-128, 127) if index == 0 else (0, 63)
        tasks.append({
            'inputs': [{'low': low, 'high': high, 'zeros': 0}] * kernel.shape[0], 'outputCount': kernel.shape[1],
            'weights': weights.flatten().tolist(), 'biases': [0] * kernel.shape[1]})
    return tasks


def numbers(groups):
    return ', '.join('-' if not group else ' '.join(map(str, group)) for group in groups)


def peer(task, hard_dc):
    """The graph that da4ml finds, in our form: what it turns at the end is taken off 0."""
    from da4ml.cmvm import solve
    n = len(task['inputs'])
    kernel = np.array(task['weights'], dtype=np.float32).reshape(n, task['outputCount'])
    found = solve(kernel, hard_dc=hard_dc, adder_size=1, carry_size=-1,
                  qintervals=[(float(x['low']), float(x['high']), 1.0) for x in task['inputs']])
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


def probe(binary, *words):
    return json.loads(subprocess.run([binary, *map(str, words)], check=True, capture_output=True, text=True).stdout)


def verilog(row):
    """The graph with a module for each kind of adder."""
    def groups(text):
        return [[] if g.strip() == '-' else [int(w) for w in g.split()] for g in text.split(',')] if text else []

    graph, nodes = row['graph'], row['nodes']
    n, constants = len(groups(graph['inputs'])), groups(graph['constants'])

    def vector(node):
        low, high = nodes[node]
        width = max(1, max(high, -low - 1).bit_length() + (low < 0))
        return f"{'signed ' if low < 0 else ''}[{width - 1}:0]", ('s' if low < 0 else 'u') + str(width)

    def operand(node, name, shift):
        text = name if nodes[node][0] < 0 else f"$signed({{1'b0,{name}}})"
        return f'({text} <<< {shift})' if shift else text

    modules, body = {}, []
    for index, (value,) in enumerate(constants):
        body.append(f"wire {vector(n + index)[0]} n{n + index} = {'-' if value < 0 else ''}62'sd{abs(value)};")
    first = n + len(constants)
    for index, (left, right, shift, minus) in enumerate(groups(graph['sums'])):
        node, a, b = first + index, max(0, -shift), max(0, shift)
        kind = f"add_{vector(left)[1]}_{a}_{vector(right)[1]}_{b}_{minus}_{vector(node)[1]}"
        modules[kind] = (
            f"(* keep_hierarchy *) module {kind}(input {vector(left)[0]} a, input {vector(right)[0]} b, "
            f"output {vector(node)[0]} y); assign y = {operand(left, 'a', a)} {'-' if minus else '+'} "
            f"{operand(right, 'b', b)}; endmodule")
        body.append(f'wire {vector(node)[0]} n{node}; {kind} u{node}(n{left}, n{right}, n{node});')
    ports = [f'input {vector(i)[0]} n{i}' for i in range(n)]
    for index, output in enumerate(groups(graph['outputs'])):
        ports.append(f"output {vector(output[0])[0] if output else ''} y{index}")
        body.append(f"assign y{index} = {f'n{output[0]}' if output else 0};")
    return '\n'.join(modules.values()) + f"\nmodule dut({', '.join(ports)});\n" + '\n'.join(body) + '\nendmodule\n'


def yosys(row, folder):
    path = os.path.join(folder, 'dut.v')
    with open(path, 'w') as file:
        file.write(verilog(row))
    # The adders that are alike are synthesised once.
    log = subprocess.run(
        ['yosys', '-p', f'read_verilog {path}; synth_xilinx -family xcup -noiopad -noclkbuf -nodsp -top dut; stat'],
        check=True, capture_output=True, text=True).stdout
    cells = log[log.rindex('Number of cells'):]
    return sum(int(count) for _, count in re.findall(r'^\s+(LUT\d)\s+(\d+)$', cells, re.M))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('model')
    parser.add_argument('--slack', type=int, default=0)
    parser.add_argument('--no-yosys', action='store_true')
    words = parser.parse_args()
    binary = os.environ.get('ADDERPROBE', '.build/release/AdderProbe')
    tasks = layers(words.model)
    print(f"{words.model}: {sum(sum(w != 0 for w in t['weights']) for t in tasks)} weights that are not zero")
    print(f"{'':18}{'adders':>8}{'depth':>7}{'est. LUT':>10}{'Yosys LUT':>11}{'CPU s':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'tasks.json')
        with open(path, 'w') as file:
            json.dump(tasks, file)
        for hard_dc in (0, 2, -1):
            start = time.process_time()
            graphs = [peer(task, hard_dc) for task in tasks]
            seconds = time.process_time() - start
            with open(os.path.join(folder, 'peer.json'), 'w') as file:
                json.dump(graphs, file)
            show(f'da4ml hard_dc {hard_dc}', probe(binary, 'cost', file.name, path), seconds, folder, words)
        for slack in sorted({words.slack, 2}):
            start = os.times()
            rows = probe(binary, 'search', path, slack)
            show(f'ours slack {slack}', rows, os.times().children_user - start.children_user, folder, words)


def show(name, rows, seconds, folder, words):
    luts = '-' if words.no_yosys else sum(yosys(row, folder) for row in rows)
    print(f"{name:18}{sum(r['adders'] for r in rows):8}{sum(r['depth'] for r in rows):7}"
          f"{sum(r['luts'] for r in rows):10}{luts:>11}{seconds:8.1f}", flush=True)


if __name__ == '__main__':
    sys.exit(main())
