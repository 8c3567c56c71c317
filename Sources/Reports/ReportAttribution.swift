/// Finds the user's layers among the modules of a synthesis report.
///
/// Every layer is written as a function of the layer's own name behind the top function's, so that the tool's names
/// contain it: the module `jet_tagger_fc1`, `jet_tagger_fc1_s`, in RTL `jet_tagger_jet_tagger_fc1`, the instance
/// `grp_jet_tagger_fc1_fu_123` or `jet_tagger_fc1_U0`, and for a loop of its own
/// `jet_tagger_fc1_Pipeline_VITIS_LOOP_12_1`. Modules below a layer's module belong to the layer.
///
/// A kernel that stays a module of its own is named by its types, the layer's settings among them:
/// `relu_ap_fixed_16_6_5_3_0_jet_tagger_fc1_config_s`. Projects of hls4ml have only such modules, and call the settings of their
/// layers `config2`, `relu_config4`: these numbers can be given as names.
public struct ReportAttribution: Hashable, Sendable {
    /// What a report says of one layer.
    public struct Layer: Hashable, Sendable {
        public var name: String
        /// The row of the layer's own module: its numbers include all that it holds.
        public var module: CsynthRow?
        /// All rows of the layer, its own first, in the order of the report.
        public var rows: [CsynthRow]
    }

    /// In the order of the names given; a layer that the tool dissolved into its caller has no rows.
    public var layers: [Layer]
    /// Rows that belong to no layer: the top function, FIFOs, shared operators.
    public var others: [CsynthRow]

    /// - Parameters:
    ///   - rows: The rows of a `csynth` report.
    ///   - names: The layers' names, as in the project.
    ///   - top: The top function. Its name stands before those of the layers' functions, and the tool puts it before
    ///     those of its modules once more.
    public init(rows: [CsynthRow], layers names: [String], top: String) {
        // The longest name first, so that `fc1_relu` is not taken for a part of `fc1`.
        let candidates = names.sorted { ($0.utf8.count, $1) > ($1.utf8.count, $0) }
        var parents: [String: String] = [:]
        var direct: [String: String] = [:]
        for row in rows where row.kind == .module {
            if let parent = row.parent, parents[row.name] == nil { parents[row.name] = parent }
            // The settings first: a kernel called `relu` is not the layer that a user calls so.
            let layer =
                candidates.first { Self.hasSettings(row, $0, top) } ?? candidates.first { Self.isNamed(row, $0, top) }
            if direct[row.name] == nil, let layer { direct[row.name] = layer }
        }
        var found: [String: [CsynthRow]] = [:]
        var moduleOfLoop: [String: String] = [:]
        others = []
        for row in rows {
            var module = row.name
            if row.kind == .loop {
                // A loop stands in a module, or in a loop that stands before it.
                let parent = row.parent ?? ""
                module = moduleOfLoop[parent] ?? parent
                moduleOfLoop[row.name] = module
            }
            if let layer = Self.owner(of: module, direct, parents) {
                found[layer, default: []].append(row)
            } else {
                others.append(row)
            }
        }
        layers = names.map { name in
            let rows = found[name] ?? []
            let modules = rows.filter { $0.kind == .module }
            let own =
                modules.first { Self.isOwn($0, name, top) && !Self.hasOtherSettings($0, than: name, top) }
                ?? modules.first { row in
                    !modules.contains { $0.name == row.parent } && Self.hasSettings(row, name, top)
                }
            return Layer(name: name, module: own, rows: rows)
        }
    }

    /// The layer whose function a module's name is made of; nil where it is none of them.
    public static func layer(of module: String, among names: [String], top: String) -> String? {
        let candidates = names.sorted { ($0.utf8.count, $1) > ($1.utf8.count, $0) }
        let row = CsynthRow(kind: .module, name: module)
        return candidates.first { hasSettings(row, $0, top) } ?? candidates.first { isNamed(row, $0, top) }
    }

    /// The layer of the nearest module that bears a layer's name, from this one outwards.
    private static func owner(of module: String, _ direct: [String: String], _ parents: [String: String]) -> String? {
        var module: String? = module
        var steps = 0
        while let name = module, steps < 64 {
            if let layer = direct[name] { return layer }
            module = parents[name]
            steps += 1
        }
        return nil
    }

    /// True if the layer's settings are among the types that the module is named by.
    private static func hasSettings(_ row: CsynthRow, _ layer: String, _ top: String) -> Bool {
        let digits = layer.dropFirst("config".count)
        let isNumber = layer.hasPrefix("config") && !digits.isEmpty && digits.allSatisfy(\.isNumber)
        let words = isNumber ? layer : top + "_" + identifier(layer) + "_config"
        return ([row.name] + row.instances).contains { "_\($0)_".contains("_\(words)_") }
    }

    /// True for a kernel's module that is named by some layer's settings, and not by this one's.
    private static func hasOtherSettings(_ row: CsynthRow, than layer: String, _ top: String) -> Bool {
        row.name.contains("_config") && !hasSettings(row, layer, top)
    }

    /// A layer's name as it is written in C++: other characters than letters and digits become a bar.
    private static func identifier(_ name: String) -> String {
        String(
            name.unicodeScalars.map { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    ? Character(scalar) : "_"
            })
    }

    /// True if the module or one of its instances bears the layer's name.
    static func isNamed(_ row: CsynthRow, _ layer: String, _ top: String) -> Bool {
        let layer = identifier(layer)
        return ([row.name] + row.instances).contains { bare($0, top).contains { matches($0, layer) } }
    }

    /// True for the layer's own function, not for a loop that the tool made a module of.
    private static func isOwn(_ row: CsynthRow, _ layer: String, _ top: String) -> Bool {
        let layer = identifier(layer)
        return ([row.name] + row.instances).flatMap { bare($0, top) }.contains { bare in
            bare == layer || isSuffix(bare.dropFirst(layer.count), of: bare, layer)
        }
    }

    /// Without what the tool adds, `grp_` and `call_ret3_` before an instance, `_fu_123` and `_U0` behind it, and without
    /// the top's name, which stands there once, or twice where the tool adds it to the one of the function. Empty for
    /// what is no function of a layer.
    private static func bare(_ name: String, _ top: String) -> [String] {
        var bare = Substring(name)
        if bare.hasPrefix("grp_") { bare = bare.dropFirst(4) }
        if bare.hasPrefix("call_ret"), let rest = String(bare).dropFirst(8).firstIndex(of: "_") {
            bare = bare[bare.index(after: rest)...]
        }
        bare = withoutNumber(bare)
        var forms: [String] = []
        while forms.count < 2, bare.hasPrefix(top + "_") {
            bare = bare.dropFirst(top.count + 1)
            forms.append(String(bare))
        }
        return forms
    }

    private static func withoutNumber(_ bare: Substring) -> Substring {
        let parts = bare.split(separator: "_", omittingEmptySubsequences: false)
        if parts.count > 2, parts[parts.count - 2] == "fu", Int(parts[parts.count - 1]) != nil {
            return bare.dropLast(parts[parts.count - 1].count + "_fu_".count)
        }
        if parts.count > 1, let last = parts.last, last.first == "U", Int(last.dropFirst()) != nil {
            return bare.dropLast(last.count + 1)
        }
        return bare
    }

    /// `fc1`, `fc1_s`, `fc1_2` (a copy), `fc1_Pipeline_...`, `fc1_Loop_...`, `fc1_ap_fixed_...`.
    private static func matches(_ bare: String, _ layer: String) -> Bool {
        guard bare.hasPrefix(layer) else { return false }
        let rest = bare.dropFirst(layer.count)
        if rest.isEmpty || isSuffix(rest, of: bare, layer) { return true }
        return ["_Pipeline_", "_Loop_", "_Block_", "_ap_", "_dataflow_", "_proc"].contains { rest.hasPrefix($0) }
    }

    /// `_s`, `_1`: how the tool marks specialised and repeated functions; `1` without a bar for a second copy.
    private static func isSuffix(_ rest: Substring, of bare: String, _ layer: String) -> Bool {
        guard bare.hasPrefix(layer), rest.first == "_" else { return false }
        return rest == "_s" || Int(rest.dropFirst()) != nil
    }
}
