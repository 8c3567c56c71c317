import ArgumentParser
import Basics
import BuildEngine
import BuildReports
import Stages
import Steps

/// `hlsbuild graph`.
struct Graph: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Print the graph of stages, or the layers of the model.",
        discussion: """
            Examples:
              hlsbuild graph                                what is built of what
              hlsbuild graph --model                        the network as hlsbuild understood it
              hlsbuild graph --model --format mermaid       the same as a drawing
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, dot, mermaid, json }

    @Option(name: .long, help: "text, dot, mermaid or json.")
    var format: Format = .text

    @Flag(name: .long, help: "The layers of the model, with their shapes and, where they are known, their types.")
    var model = false

    @OptionGroup var options: GlobalOptions

    mutating func run() throws {
        let opened = try Opened(options), format = options.json ? .json : format
        let text =
            model
            ? ModelGraph(rows: try ModelReport(opened.workspace).rows).text(format)
            : StageGraph(stages: try opened.workspace.road.flow().stages).text(format)
        Terminal.write(asItIs: text + "\n")
    }
}

/// The stages and what each needs.
private struct StageGraph {
    let stages: [StageNode]

    func text(_ format: Graph.Format) -> String {
        switch format {
        case .text:
            stages.map { stage in
                let needs = stage.needs.isEmpty ? "" : "<- " + stage.needs.map(\.text).joined(separator: ", ")
                return StageTable.trimmed(
                    StageTable.pad(stage.name, 10) + StageTable.pad(stage.summary, 28) + needs)
            }.joined(separator: "\n")
        case .dot:
            (["digraph hlsbuild {"] + stages.map { "  \($0.name);" }
                + stages.flatMap { stage in stage.needs.map { "  \($0) -> \(stage.name);" } } + ["}"])
                .joined(separator: "\n")
        case .mermaid:
            (["graph LR"]
                + stages.flatMap { stage in
                    stage.needs.isEmpty ? ["  \(stage.name)"] : stage.needs.map { "  \($0) --> \(stage.name)" }
                }).joined(separator: "\n")
        case .json:
            JSONValue.object([
                "event": .string("graph"),
                "stages": .array(
                    stages.map { stage in
                        .object([
                            "name": .string(stage.name), "summary": .string(stage.summary),
                            "needs": .array(stage.needs.map { .string($0.text) }),
                        ])
                    }),
            ]).text
        }
    }
}

/// The layers of a model and what each reads.
private struct ModelGraph {
    let rows: [ModelRow]

    func text(_ format: Graph.Format) -> String {
        switch format {
        case .text: ModelRow.table(rows).text
        case .dot:
            (["digraph model {", "  node [shape=box];"]
                + rows.enumerated().map { "  n\($0) [label=\"\(label($1, "\\n"))\"];" }
                + edges.map { "  n\($0.from) -> n\($0.to) [label=\"\(shape($0.from, $0.input))\"];" } + ["}"])
                .joined(separator: "\n")
        case .mermaid:
            (["graph TD"] + rows.enumerated().map { "  n\($0)[\"\(escaped(label($1, "\n")))\"]" }
                + edges.map { "  n\($0.from) -->|\(shape($0.from, $0.input))| n\($0.to)" })
                .joined(separator: "\n")
        case .json:
            JSONValue.object(["event": .string("graph"), "layers": .array(rows.map(\.json))]).text
        }
    }

    /// Names of layers are any text: what both languages would take for their own stays out of labels.
    private func label(_ row: ModelRow, _ newline: String) -> String {
        var name = String.UnicodeScalarView()
        for letter in row.name.visible.unicodeScalars {
            name.append("\"<>[]{}|&;#\\\u{60}".unicodeScalars.contains(letter) ? "_" : letter)
        }
        return ([String(name), row.kind] + [row.weight, row.result].compactMap(\.self)).joined(separator: newline)
    }

    /// Mermaid reads labels as HTML.
    private func escaped(_ label: String) -> String {
        label.substituting("<", with: "#lt;").substituting(">", with: "#gt;").substituting("\n", with: "<br/>")
    }

    /// Which row reads a tensor of which; a tensor beyond a layer's first is called by its number behind the name.
    private var edges: [(from: Int, to: Int, input: String)] {
        let places = Dictionary(
            rows.enumerated().flatMap { index, row in
                row.shapes.indices.map { ($0 == 0 ? row.name : "\(row.name).\($0)", index) }
            }, uniquingKeysWith: { first, _ in first })
        return rows.enumerated().flatMap { index, row in
            row.inputs.compactMap { input in places[input].map { ($0, index, input) } }
        }
    }

    private func shape(_ place: Int, _ tensor: String) -> String {
        let row = rows[place]
        let output = row.shapes.indices.first { "\(row.name).\($0)" == tensor } ?? 0
        return ModelRow.shapeText(row.shapes[output])
    }
}
