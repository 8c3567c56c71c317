internal import Basics
internal import FixedPoint
internal import Options

// Values as hls4ml spells them.

extension Kind where Value == Strategy? {
    /// A strategy in any of the spellings of the years; nil for what hls4ml reads and does not use.
    static var hls4mlStrategy: Kind<Strategy?> {
        let words: [String: Strategy] = [
            "latency": .latency, "resource": .resource, "resourceunrolled": .unrolled, "unrolled": .unrolled,
            "distributedarithmetic": .distributedArithmetic, "da": .distributedArithmetic,
        ]
        let legal = ["Latency", "Resource", "Resource_unrolled", "Distributed_Arithmetic"]
        return Kind(.choice(legal)) { node, reading in
            guard let text = node.text else {
                reading.mismatch("a strategy", node, help: "write one of \(legal.joined(separator: ", "))")
                return nil
            }
            let word = text.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
            if let strategy = words[word] { return .some(strategy) }
            switch word {
            case "compressed":
                reading.warning(
                    "the strategy 'compressed' is computed as 'Resource', with the same numbers", at: node,
                    help: "write Resource: multiplications by zero weights are left out where the tool can see them")
                return .some(.resource)
            case "stable", "legacy", "argmax":
                reading.warning(
                    "the strategy '\(Node.shortened(text))' has no effect: it names a softmax implementation", at: node,
                    help: "write 'Implementation: \(word)'")
                return .some(nil)
            default:
                let near = Spelling.nearest(to: text, in: legal).map { "did you mean '\($0)'? " } ?? ""
                reading.error(
                    "'\(Node.shortened(text))' is not a strategy", at: node,
                    help: "\(near)\(near.isEmpty ? "write one of" : "legal are") \(legal.joined(separator: ", "))")
                return nil
            }
        }
    }
}

extension Kind where Value == IOType {
    static var hls4mlIO: Kind<IOType> {
        let words = Kind<IOType>.choice(
            "a kind of input and output",
            [("io_parallel", .parallel), ("io_stream", .stream), ("parallel", .parallel), ("stream", .stream)])
        return Kind(words.shape) { node, reading in
            guard node.text?.lowercased() != "io_serial" else {
                reading.error(
                    "'io_serial' has no meaning any more", at: node,
                    help:
                        "write io_stream for data that arrives one after the other, or io_parallel with a reuse factor")
                return nil
            }
            return words.read(node, &reading)
        }
    }
}

extension Kind where Value == Backend {
    static var hls4mlBackend: Kind<Backend> {
        let words = Kind<Backend>.choice(
            "a back end",
            [("Vitis", .vitis), ("Vivado", .vivado), ("open", .open)])
        let others = ["quartus", "oneapi", "catapult", "libero", "symbolic", "oneapiaccelerator"]
        /// What hls4ml of some release wraps in a board's project: the firmware inside is that of the plain back end.
        let wrapped: [String: (backend: Backend, name: String)] = [
            "vivadoaccelerator": (.vivado, "Vivado"), "pynq": (.vivado, "Vivado"),
            "vitisaccelerator": (.vitis, "Vitis"), "vitisacceleratoripflow": (.vitis, "Vitis"),
            "vitisunified": (.vitis, "Vitis"),
        ]
        return Kind(words.shape) { node, reading in
            if let text = node.text, let inner = wrapped[text.lowercased()] {
                reading.warning(
                    "of '\(text)' the firmware is built, the board's wrapper and driver are not", at: node,
                    help: "write \(inner.name); the exported IP is connected in a block design")
                return inner.backend
            }
            switch node.text?.lowercased() {
            case .some(let text) where others.contains(text):
                reading.error(
                    "hlsbuild has no back end '\(node.text ?? "")'", at: node, help: "write one of Vitis, Vivado, open")
                return nil
            default:
                return words.read(node, &reading)
            }
        }
    }
}

extension Kind where Value == HLS4MLDraft.Uncertainty {
    /// `27%`, or a time.
    static var hls4mlUncertainty: Kind<HLS4MLDraft.Uncertainty> {
        let percentage = Kind<Ratio>.percentage
        return Kind(percentage.shape) { node, reading in
            if let quantity = node.text.flatMap({ Quantity($0) }), let time = quantity.period, time.numerator >= 0,
                quantity.unit.lowercased().ends(with: "s")
            {
                return .nanoseconds(time)
            }
            return percentage.read(node, &reading).map { .percent($0) }
        }
    }
}

extension Kind where Value == [[Int]] {
    /// `[16]`, `[3, 32, 32]`, or a list of such, one for each input.
    static var hls4mlShapes: Kind<[[Int]]> {
        @Sendable func shape(_ items: [Node]) -> [Int]? {
            var sizes: [Int] = []
            for item in items where !item.isNull {
                guard let text = item.plainText, let size = Int(text), size > 0 else { return nil }
                sizes.append(size)
            }
            return sizes
        }
        return Kind(.list(.anything)) { node, reading in
            guard let items = node.items else {
                reading.mismatch("a list of sizes", node, help: "write, for example, [3, 32, 32]")
                return nil
            }
            let shapes = items.allSatisfy { $0.items != nil } ? items.map { shape($0.items ?? []) } : [shape(items)]
            guard shapes.allSatisfy({ $0 != nil }) else {
                reading.error("a size is not a whole number above 0", at: node, help: "write, for example, [3, 32, 32]")
                return nil
            }
            return shapes.compactMap { $0 }
        }
    }
}
