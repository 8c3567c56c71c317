/// Multipliers are limited to what needs one.
struct SharingRules {
    let project: CheckedProject

    func check(_ found: inout [Checker.Finding]) {
        let functions = project.functions
        for call in project.calls {
            guard let function = functions[project.top + "_" + call.layer], let config = project.config(of: call)
            else {
                continue
            }
            let stated = function.pragma("allocation")?.first { $0.hasPrefix("limit=") }.flatMap {
                Int($0.dropFirst(6))
            }
            if call.kernel.hasPrefix("recurrent") {
                if (stated ?? 0 > 0) != sharesInParts(call) {
                    found.append(
                        .init(
                            rule: .sharing, file: "firmware/layers/\(call.layer).cpp",
                            text: "\(stated.map { "\($0)" } ?? "no") multipliers for the products of a step"))
                }
                continue
            }
            let reuse = config.numbers["reuse_factor"] ?? 1
            let isShared = Self.sharing.contains(call.kernel) && reuse > 1
            let isStream = function.header.contains("hls::stream<")
            let places = isStream ? 1 : config.value("rows_at_once * columns_at_once") ?? 1
            var needed = isShared ? products(call, config).map { ($0 + reuse - 1) / reuse * call.copies * places } : 0
            if ["normalize", "prelu"].contains(call.kernel), reuse > 1 {
                // One product for each element that comes at once.
                let channels = call.types.first.flatMap { project.types[$0]?.count } ?? 1
                let elements = function.header.contains("hls::stream<") ? channels : config.numbers["n_in"] ?? 0
                needed = (elements + reuse - 1) / reuse
            }
            guard let needed, (stated ?? 0) != needed else { continue }
            found.append(
                .init(
                    rule: .sharing, file: "firmware/layers/\(call.layer).cpp",
                    text: "\(stated.map { "\($0)" } ?? "no") multipliers for \(needed) that are needed"))
        }
    }

    /// Whether a product within a step is straight-line code whose multipliers are shared.
    private func sharesInParts(_ call: CheckedProject.Call) -> Bool {
        // Each part is a struct that has its reuse factor and calls its kernel.
        let config = project.files["firmware/layers/\(call.layer)_config.h"] ?? ""
        return config.split(separator: "struct ").contains { part in
            part.contains("unsigned reuse_factor = ") && !part.contains("unsigned reuse_factor = 1;")
                && Self.sharing.contains { part.contains("nnet::\($0)<") }
        }
    }

    private static let sharing: Set<String> = ["dense_latency", "dense_unrolled", "conv_latency", "conv_unrolled"]

    /// The products of a call with constants of three digits and more, each input's with equal ones counted once; for
    /// Vivado HLS also those of opposite sign. Nil: the constants are not there, which another rule finds.
    private func products(_ call: CheckedProject.Call, _ config: CheckedProject.Config) -> Int? {
        guard let inputs = config.numbers["n_in"], let fraction = config.types["weight_t"]?.fraction,
            let text = call.arguments.lazy.compactMap({
                project.files["firmware/weights/\($0.dropFirst(project.top.count + 1)).h"]
            }).first,
            let list = text.split(separator: "{").last?.prefix(while: { $0 != "}" })
        else { return nil }
        let scale = fraction < 0 ? 1 / Double(1 << -fraction) : Double(1 << fraction)
        let weights = list.split(separator: ",").compactMap { Double($0.filter { !$0.isWhitespace }) }.map {
            Int($0 * scale)
        }
        // The outputs of a group see inputs of their own.
        let groups = config.numbers["groups"] ?? 1, size = weights.count / groups
        return (0..<inputs * groups).reduce(0) { total, input in
            let start = input / inputs * size
            let constants = stride(from: start + input % inputs, to: start + size, by: inputs).map { weights[$0] }
            let shared = Set(constants.map { project.target == .vivado ? abs($0) : $0 })
            return total + shared.count { Self.digits($0) >= 3 }
        }
    }

    /// Digits other than 0 of the number in powers of two, added or subtracted: from the right, a run of ones is the
    /// power behind it less the one it begins with.
    private static func digits(_ number: Int) -> Int {
        var rest = abs(number), count = 0
        while rest > 0 {
            if rest & 1 == 1 {
                count += 1
                rest += rest & 3 == 3 ? 1 : -1
            }
            rest >>= 1
        }
        return count
    }
}
