internal import Basics

/// Packages whose layers have weights inside weights, told by where they lie.
enum KerasPackage: CaseIterable {
    /// HGQ 2.
    case hgq
    /// PQuantML.
    case pquant

    /// What stands before the class in an op: other packages have other layers under the same names.
    var prefix: String {
        switch self {
        case .hgq: "hgq."
        case .pquant: "pquant."
        }
    }

    /// The names under which the package registers its classes with Keras.
    private var registered: [String] {
        switch self {
        case .hgq: ["hgq", "hgq2"]
        case .pquant: ["PQuant", "PQuantML"]
        }
    }

    /// - Parameter registered: of a class, `hgq>QDense`.
    init?(registered name: String?) {
        let parts = name?.parts(at: ">") ?? []
        guard parts.count == 2, let package = Self.allCases.first(where: { $0.registered.contains(parts[0]) }) else {
            return nil
        }
        self = package
    }
}
