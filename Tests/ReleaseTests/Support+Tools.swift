import TestSupport
extension Playground {
    /// The minimal project for the vendor's tools, which are said to lie below `root`.
    func vendorProject(as name: String, root: String, product: (String) -> String, lines: String = "") async throws {
        try project(as: name)
        let project = try text("\(name)/hlsbuild.yml").split(separator: "\n").filter {
            // Kernels are made of streams.
            !(lines.contains("xo") && $0.hasPrefix("io:"))
        }
        let tools =
            "tools:\n  vitis: \(path)/\(root)/\(product("Vitis"))\n  vivado: '\(path)/\(root)/\(product("Vivado"))'"
        try write(
            "\(name)/hlsbuild.yml",
            project.joined(separator: "\n") + (lines.contains("xo") ? "\nio: stream" : "") + "\n\(tools)\n\(lines)\n")
        for (tool, program) in [("Vitis", "vitis-run"), ("Vivado", "vivado")] {
            try await works(
                "'\(Repository.root)/Tests/StandInTool/install.sh' '\(path)/\(root)/\(product(tool))' \(program) 2024.2"
            )
        }
    }

    /// As installers before 2025.1 lay products out, and from then on.
    static func old(_ product: String) -> String { "\(product)/2024.2" }
    static func new(_ product: String) -> String { "2024.2/\(product)" }
}
