internal import Basics

/// Tags: YAML's own are harmless, hls4ml's is understood where it belongs, all others are refused.
enum Tags {
    static func check(_ node: Node, _ format: ProjectFormat, _ diagnostics: inout [Diagnostic], key: String? = nil) {
        if let tag = node.tag, !allowed(tag, node, format, key) {
            let written = tag.rest(behind: yaml).map { "!!" + $0 } ?? tag
            diagnostics.append(
                .error(
                    "the tag '\(Node.shortened(written))' has no meaning here", at: node.location,
                    help: tag == kerasModel
                        ? "hls4ml writes it before a model's path: write 'model: \(node.text ?? "model.h5")'"
                        : "remove it; it stands for an object of another program"))
        }
        for item in node.items ?? [] { check(item, format, &diagnostics) }
        for entry in node.entries ?? [] { check(entry.value, format, &diagnostics, key: entry.key.text) }
    }

    private static let yaml = "tag:yaml.org,2002:"
    private static let kerasModel = "!keras_model"
    private static let standard = Set(["str", "int", "float", "bool", "null", "seq", "map", "python/tuple"])

    private static func allowed(_ tag: String, _ node: Node, _ format: ProjectFormat, _ key: String?) -> Bool {
        if tag == "!" { return true }
        if let name = tag.rest(behind: yaml) { return standard.contains(name) }
        return tag == kerasModel && format == .hls4ml && key == "KerasModel" && node.text != nil
    }
}
