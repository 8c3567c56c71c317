/// The macros that a written project defines; nothing else in it may have their names.
enum ProjectMacros {
    /// The macro that guards a header: no double underscore, none at the front.
    static func guarding(_ parts: [String]) -> String { (parts + ["H"]).joined(separator: "_").uppercased() }

    /// Those of every project of that name, in its firmware and in its emulator library.
    static func all(_ project: String) -> [String] {
        let headers = ["defines", "parameters", "top", "marshal", "emulator"].map { guarding([project, $0]) }
        let others = ["INPUTS", "OUTPUTS", "OK", "NULL", "RANGE", "NOT_FINITE", "MEMORY", "API", "GUARDED"].map {
            project.uppercased() + "_EMULATOR_" + $0
        }
        return headers + others + [project.uppercased() + "_NO_MAIN"]
    }

    /// Those of a layer.
    /// - Parameter roles: what constants of it may be called.
    static func ofLayer(_ id: String, _ project: String, roles: [String]) -> [String] {
        ["layer", "config", "type"].map { guarding([project, $0, id]) }
            + roles.map { guarding([project, id, $0]) }
    }
}
