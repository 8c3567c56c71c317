internal import Basics
internal import BuildEngine
internal import Tools

/// Where programs of one role may be, in the order in which they are tried.
struct ToolPlaces {
    struct Place: Hashable {
        /// The name that `ToolTable` knows the program by.
        var program: String
        /// Absolute, or relative to the project's folder.
        var path: String
        var origin: String
    }

    let world: World
    let role: ToolRole
    /// Folders below which installations are looked for.
    let roots: [String]

    private var programs: [String] { ToolTable.programs(role) }

    private var products: [String] {
        var names: [String] = []
        for entry in ToolTable.entries where entry.role == role {
            for product in entry.products where !names.contains(product) { names.append(product) }
        }
        return names
    }

    /// What the search path, the environment and the install roots have.
    var all: [Place] { onPath() + byVariables() + installed() }

    /// What a user's own words stand for: a program, or the folder of an installation.
    func named(_ text: String, _ origin: String) -> [Place] {
        guard text.has("/") else {
            return onPath(named: text, origin) + (byVariables() + installed()).filter { $0.program == text }
        }
        let folder = text.rest(before: "/") ?? text
        guard world.status(folder)?.kind == .directory else {
            let program = known(PathText.name(of: text))
            return isProgram(text) ? [Place(program: program, path: text, origin: origin)] : []
        }
        return inProduct(folder, origin) + below(root: folder, origin)
    }

    /// A program of another name is taken for the newest of its role.
    private func known(_ name: String) -> String {
        programs.contains(name) ? name : ToolTable.newest(role)?.program ?? name
    }

    private func onPath(named name: String, _ origin: String) -> [Place] {
        searchPath.map { Place(program: known(name), path: "\($0)/\(name)", origin: origin) }.filter {
            isProgram($0.path)
        }
    }

    private func onPath() -> [Place] { programs.flatMap { onPath(named: $0, "PATH") } }

    private var searchPath: [String] {
        (world.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin").parts(at: ":").filter(PathText.isAbsolute)
    }

    private func byVariables() -> [Place] {
        Installation.variables.filter { $0.products.contains(where: products.contains) }.flatMap { variable in
            world.environment(variable.name).map { inProduct($0, variable.name) } ?? []
        }
    }

    private func installed() -> [Place] { roots.flatMap { below(root: $0, $0) } }

    /// The programs of a release of a product: `FOLDER/bin/vivado`.
    private func inProduct(_ folder: String, _ origin: String) -> [Place] {
        programs.map { Place(program: $0, path: "\(folder)/bin/\($0)", origin: origin) }.filter { isProgram($0.path) }
    }

    /// All releases below a root, the newest first.
    private func below(root: String, _ origin: String) -> [Place] {
        var versions: Set<String> = []
        for folder in [root] + products.map({ "\(root)/\($0)" }) where world.status(folder)?.kind == .directory {
            versions.formUnion(((try? world.list(folder)) ?? []).filter { ToolVersion($0) != nil })
        }
        let newestFirst = versions.compactMap { text in ToolVersion(text).map { (text, $0) } }.sorted { $0.1 > $1.1 }
        return newestFirst.flatMap { version, _ in
            products.flatMap { product in
                Installation.folders(root: root, product: product, version: version).flatMap { inProduct($0, origin) }
            }
        }
    }

    private func isProgram(_ path: String) -> Bool {
        guard let status = world.status(path) else { return false }
        return status.kind == .file && status.isExecutable
    }
}
