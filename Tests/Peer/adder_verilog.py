"""Adder graphs as Verilog, and how many lookup tables Yosys maps them to."""

import os
import re
import subprocess
import tempfile

def groups(text):
    return [[] if g.strip() == '-' else [int(w) for w in g.split()] for g in text.split(',')] if text else []


class Printed:
    """A graph with its nodes numbered as in `AdderGraph`, each a vector as wide as its values need."""

    def __init__(self, row):
        graph, self.nodes = row['graph'], row['nodes']
        self.inputs, self.constants = len(groups(graph['inputs'])), groups(graph['constants'])
        self.sums = [(left, right, max(0, -shift), max(0, shift), minus) for left, right, shift, minus in groups(graph['sums'])]
        self.outputs = groups(graph['outputs'])
        self.first = self.inputs + len(self.constants)

    def kind(self, node):
        low, high = self.nodes[node]
        return 's' if low < 0 else 'u', max(1, max(high, -low - 1).bit_length() + (low < 0))

    def text(self, name, isKept):
        """The module of a graph; with every sum an output where each is to be kept as it is."""
        body, ports = [], [f'input {vector(*self.kind(i))} n{i}' for i in range(self.inputs)]
        for index, (value,) in enumerate(self.constants):
            node = self.inputs + index
            body.append(f"wire {vector(*self.kind(node))} n{node} = {'-' if value < 0 else ''}62'sd{abs(value)};")
        for index, (left, right, left_shift, right_shift, minus) in enumerate(self.sums):
            node = self.first + index
            a, b = self.operand(left, left_shift), self.operand(right, right_shift)
            if isKept:
                ports.append(f'output {vector(*self.kind(node))} n{node}')
            else:
                body.append(f'wire {vector(*self.kind(node))} n{node};')
            body.append(f"assign n{node} = {a} {'-' if minus else '+'} {b};")
        for index, output in enumerate(self.outputs):
            ports.append(f"output {vector(*self.kind(output[0])) if output else ''} y{index}")
            body.append(f"assign y{index} = {f'n{output[0]}' if output else 0};")
        return f"(* keep_hierarchy *) module {name}({', '.join(ports)});\n" + '\n'.join(body) + '\nendmodule\n'

    def operand(self, node, shift):
        """What has no sign gets a bit for one, so that everything is extended as it should be."""
        text = f'n{node}' if self.nodes[node][0] < 0 else f"$signed({{1'b0,n{node}}})"
        return f'({text} <<< {shift})' if shift else text


def vector(sign, width):
    return f"{'signed ' if sign == 's' else ''}[{width - 1}:0]"


SYNTHESIS = 'synth_xilinx -family xcup -noiopad -noclkbuf -nodsp -top dut'


def luts(graphs, isKept):
    """Lookup tables of graphs, by name, each counted as if it were alone.

    isKept: every sum is a carry chain of its own, as the estimate has it; else what is used once may be merged into what
    uses it.
    """
    names = {name: f'graph_{index}' for index, name in enumerate(graphs)}
    # No instance has connections, so that the top stays small; what nothing reads is an output all the same.
    text = ''.join(Printed(row).text(names[name], isKept) for name, row in graphs.items())
    text += 'module dut();\n' + ''.join(f'(* keep *) {name} {name}_0();\n' for name in names.values()) + 'endmodule\n'
    with tempfile.TemporaryDirectory() as folder:
        for name, content in ('dut.v', text), ('script.ys', f'read_verilog dut.v\n{SYNTHESIS}\ntee -o stat stat\n'):
            with open(os.path.join(folder, name), 'w') as file:
                file.write(content)
        subprocess.run(['yosys', '-q', '-s', 'script.ys'], cwd=folder, check=True, capture_output=True)
        with open(os.path.join(folder, 'stat')) as file:
            parts = {part.split(' ')[0]: part for part in file.read().split('=== ')[1:]}
    return {name: sum(int(n) for n in re.findall(r'^\s+LUT\d\s+(\d+)$', parts[module], re.M))
            for name, module in names.items()}
