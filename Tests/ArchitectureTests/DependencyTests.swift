import Glibc
import Testing

/// The written table of who may import whom: the road of the network, and beside it the engine that knows nothing of
/// networks. An edge that is not here is an error, in Package.swift as well as in a source file.
private let table: [String: Set<String>] = [
    "Basics": ["CCrypto"],
    "BuildEngine": ["Basics"],
    "Watchdog": [],
    "ToolRunner": ["Basics", "BuildEngine", "Watchdog"],
    "Reports": ["Basics", "CExpat", "CZlib"],
    "Zip": ["Basics", "CMinizip", "CZlib"],
    "Tools": ["Basics", "Reports"],
    "Release": ["Basics"],
    "FixedPoint": [],
    "Options": ["Basics", "FixedPoint"],
    "Config": ["Basics", "FixedPoint", "Options", "CYAML"],
    "Streams": [],
    "LayerKit": ["Basics", "FixedPoint", "Options", "Streams"],
    "Layers": ["Basics", "FixedPoint", "Options", "Streams", "LayerKit"],
    "HDF5Child": ["CHDF5"],
    "Frontends": ["Basics", "LayerKit", "Layers", "HDF5Child"],
    "Optimizer": ["Basics", "FixedPoint", "Options", "LayerKit", "Layers"],
    "Emulator": ["Basics", "FixedPoint", "LayerKit", "Layers"],
    "HLSWriter": ["Basics", "FixedPoint", "Options", "Streams", "LayerKit", "Layers"],
    "Stages": [
        "Basics", "ToolRunner", "BuildEngine", "Reports", "Tools", "Release", "FixedPoint", "Options", "Config",
        "LayerKit", "Layers", "Frontends", "Optimizer", "Emulator", "HLSWriter", "CTemplates", "Zip", "Estimates",
    ],
    "Estimates": ["Basics", "FixedPoint", "Options", "LayerKit", "Layers"],
    "hlsbuild": [
        "Basics", "BuildEngine", "Config", "Estimates", "Options", "Release", "Reports", "Stages", "ToolRunner",
        "Tools",
    ],
]

/// The repository, from where this file lies.
private let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

private func files(below folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasPrefix(".") { continue }
        let path = folder + "/" + name
        if entry.pointee.d_type == UInt8(DT_DIR) { found += files(below: path) } else { found.append(path) }
    }
    return found
}

private func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

/// Modules of this repository that a file imports.
private func imports(in path: String) -> Set<String> {
    let names = text(of: path).split(separator: "\n").compactMap { line -> String? in
        let words = line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at <= 2, words[..<at].allSatisfy(isImportPrefix),
            at + 1 < words.count
        else { return nil }
        return String(words[at + 1])
    }
    let ours = Set(table.keys).union([
        "CCrypto", "CYAML", "CHDF5", "CTemplates", "CExpat", "CZlib", "CMinizip", "HDF5Child",
    ])
    return Set(names).intersection(ours)
}

private func isImportPrefix(_ word: Substring) -> Bool {
    ["public", "internal", "package", "private", "fileprivate"].contains(word) || word.hasPrefix("@")
}

@Suite struct DependencyTests {
    @Test func sourcesImportOnlyWhatTheTableAllows() {
        #expect(files(below: root + "/Sources").count > 100, "the sources are not where this test looks: \(root)")
        for path in files(below: root + "/Sources") where path.hasSuffix(".swift") {
            let parts = path.dropFirst(root.count + "/Sources/".count).split(separator: "/")
            guard let module = parts.first.map(String.init) else { continue }
            let allowed = table[module]
            #expect(allowed != nil, "module \(module) is not in the table")
            let extra = imports(in: path).subtracting(allowed ?? []).subtracting([module])
            #expect(extra.isEmpty, "\(path) imports \(extra.sorted().joined(separator: ", "))")
        }
    }

    @Test func theTableHasNoCircle() {
        var done: Set<String> = []
        var progress = true
        while progress {
            progress = false
            for (module, needs) in table where !done.contains(module) {
                guard needs.allSatisfy({ table[$0] == nil || done.contains($0) }) else { continue }
                done.insert(module)
                progress = true
            }
        }
        #expect(done == Set(table.keys))
    }

    /// The engine's half never reaches into the network's half.
    @Test func theEngineKnowsNothingOfNetworks() {
        let networks: Set<String> = [
            "FixedPoint", "Options", "Streams", "LayerKit", "Layers", "Frontends", "Optimizer", "Emulator",
            "HLSWriter",
        ]
        for module in ["Basics", "BuildEngine", "ToolRunner", "Reports", "Zip", "Tools", "Release"] {
            var reached: Set<String> = [module]
            var queue = [module]
            while let next = queue.popLast() {
                for need in table[next] ?? [] where reached.insert(need).inserted { queue.append(need) }
            }
            #expect(reached.isDisjoint(with: networks))
        }
    }

    @Test func thePackageHasOnlyEdgesOfTheTable() {
        // One declaration a target: module("Name", ["A", "B", .product(...)]) over one or several lines.
        let declarations = text(of: root + "/Package.swift").split(separator: "module(").dropFirst()
        var seen = 0
        for declaration in declarations {
            let body = declaration.prefix { $0 != "]" }
            let strings = body.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            guard let name = strings.first, let allowed = table[name] else { continue }
            seen += 1
            let ours = Set(strings.dropFirst()).intersection(Set(table.keys))
            #expect(ours.subtracting(allowed).isEmpty, "\(name) depends on \(ours.subtracting(allowed).sorted())")
        }
        #expect(seen >= 12)
    }

    @Test func noFileIsTooLong() {
        for path in files(below: root + "/Sources") + files(below: root + "/Tests") where path.hasSuffix(".swift") {
            let lines = text(of: path).split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 600, "\(path) has \(lines) lines: a wall is missing")
        }
    }
}
