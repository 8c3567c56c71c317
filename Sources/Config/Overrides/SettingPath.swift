internal import Basics

/// `--set` speaks hlsbuild's own keys whatever the file's format is; these are the places they have in an hls4ml YAML.
enum SettingPath {
    /// The keys whose mappings have the names of layers, in the one format and in the other.
    static let holdsLayers = ["layers", "LayerName"]

    static func translated(_ keys: [Override.Key], _ format: ProjectFormat, _ root: Node) -> [Override.Key] {
        guard format == .hls4ml, let first = keys.first else { return keys }
        let rest = keys.dropFirst().map { $0 }
        func at(_ names: String...) -> [Override.Key] { names.map { Override.Key(text: $0, column: first.column) } }
        switch first.text {
        case "layers", "types":
            let section = first.text == "layers" ? "LayerName" : "LayerType"
            guard let name = rest.first else { return at("HLSConfig", section) }
            return at("HLSConfig", section) + [name] + layer(rest.dropFirst().map { $0 })
        case "project": return at("ProjectName") + rest
        case "backend": return at("Backend") + rest
        case "part": return at(root["Part"] == nil && root["XilinxPart"] != nil ? "XilinxPart" : "Part") + rest
        case "io": return at("IOType") + rest
        case "clock":
            switch rest.first?.text {
            case nil, "period": return at("ClockPeriod") + rest.dropFirst()
            case "uncertainty": return at("ClockUncertainty") + rest.dropFirst()
            default: return at("ClockPeriod") + rest
            }
        case "data":
            switch rest.first?.text {
            case "input": return at("InputData") + rest.dropFirst()
            case "expected": return at("OutputPredictions") + rest.dropFirst()
            default: return keys
            }
        case "precision", "reuse", "strategy":
            let name = ["precision": "Precision", "reuse": "ReuseFactor"][first.text] ?? "Strategy"
            return at("HLSConfig", "Model", name) + rest
        default: return keys
        }
    }

    /// Keys of a layer: by the paths that its fields have.
    private static func layer(_ keys: [Override.Key]) -> [Override.Key] {
        guard let first = keys.first else { return keys }
        let path = keys.map(\.text)
        func renamed(_ length: Int) -> [Override.Key]? {
            let field = HLS4MLLayerFields.layer.first { $0.path == Array(path.prefix(length)) }
            return field.map { [Override.Key(text: $0.name, column: first.column)] + keys.dropFirst(length) }
        }
        // Two keys first: `precision.exp_table` is `exp_table_t`, and `precision.weight` is no field of its own.
        return (keys.count > 1 ? renamed(2) : nil) ?? renamed(1) ?? keys
    }
}
