/// Tells XML reports apart by their root element.
enum XMLReport {
    static func read(_ bytes: [UInt8]) throws(ReportRefusal) -> Report {
        if isSummary(bytes) {
            throw .notAReport("the command history of a v++ build; read csynth.xml or the log in logs/ instead")
        }
        let bytes = utf8(bytes)
        switch root(bytes) {
        case "profile": return try profile(bytes)
        case "design_size": return try DesignSizeXML.read(bytes)
        case "spirit:component", "component", "ipxact:component": return try IPXML.read(bytes)
        case "project", "AutoPilot:project", "solution", "AutoPilot:solution", "Project":
            throw .notAReport("a project file of the tool, which states no result; read the reports of its solution")
        case let name?: throw .unknown("an XML file with the root element '\(name)', which no report has")
        case nil: throw .brokenXML(line: 1)
        }
    }

    /// `<profile>` is the root of C synthesis and of export reports; what it holds tells which.
    private static func profile(_ bytes: [UInt8]) throws(ReportRefusal) -> Report {
        let reader = ProfileXML()
        return try reader.read(bytes)
    }

    /// A `.hlscompile_summary` is JSON between `<ENTRY>` tags without a root: no XML.
    private static func isSummary(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(64).contains(Array("<ENTRY>".utf8))
    }

    /// Without a declared encoding XML is UTF-8; a tool on Windows may have written a path in Latin-1.
    private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        let declaration = Line.text(bytes.prefix(128)).lowercased()
        if declaration.contains("encoding"), !declaration.contains("utf-8") { return bytes }
        return Array(Line.text(bytes[...]).utf8)
    }

    /// The name of the first element, found without a parser: comments and declarations begin with `<!` or `<?`.
    private static func root(_ bytes: [UInt8]) -> String? {
        var index = 0
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")), open + 1 < bytes.count {
            let next = bytes[open + 1]
            if next != UInt8(ascii: "!"), next != UInt8(ascii: "?") {
                let name = bytes[(open + 1)...].prefix {
                    $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
                }
                return name.isEmpty ? nil : Line.text(name.prefix(80))
            }
            guard let close = bytes[open...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            index = close
        }
        return nil
    }
}
