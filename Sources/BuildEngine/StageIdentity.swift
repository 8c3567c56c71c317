/// Which stage: its name, and the point of a sweep that it belongs to, if it belongs to one.
///
/// `synth` and, of the point `reuse4`, `reuse4/synth`. The text is what a person reads and writes, what stands in the
/// logs of a project and in JSON, and the path of the stage's folder below `build/`.
public struct StageIdentity: Hashable, Sendable, Comparable {
    /// The point of a sweep; nil: the stage is of the project itself.
    public let point: String?
    /// The stage's name within its point.
    public let name: String

    public init(point: String?, _ name: String) {
        self.point = point
        self.name = name
    }

    /// Reads what `text` gives. Any text is some identity; `isLegal` says whether a stage may be called so.
    public init(_ text: String) {
        guard let slash = text.utf8.firstIndex(of: Self.slash) else {
            self.init(point: nil, text)
            return
        }
        self.init(point: String(text[..<slash]), String(text[text.utf8.index(after: slash)...]))
    }

    private static let slash = UInt8(ascii: "/")

    /// `NAME` or `POINT/NAME`.
    public var text: String { point.map { $0 + "/" + name } ?? name }

    /// Whether name and point are made of letters, digits, `_`, `-` and `.`, at most 100, and begin with neither of the
    /// last two: no shell, file system or command line takes such a name for anything else.
    public var isLegal: Bool { Self.isLegal(name) && (point.map(Self.isLegal) ?? true) }

    /// Stages of the project first, then point by point.
    public static func < (left: StageIdentity, right: StageIdentity) -> Bool {
        switch (left.point, right.point) {
        case (nil, nil): left.name < right.name
        case (nil, _?): true
        case (_?, nil): false
        case (let one?, let other?): one == other ? left.name < right.name : one < other
        }
    }

    private static func isLegal(_ part: String) -> Bool {
        guard let first = part.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else { return false }
        return part.utf8.count <= 100
            && part.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
                default: false
                }
            }
    }
}

extension StageIdentity: CustomStringConvertible {
    public var description: String { text }
}

extension StageIdentity: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { self.init(text) }
}
