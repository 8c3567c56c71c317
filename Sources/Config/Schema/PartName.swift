internal import Basics

/// How parts are spelt. Whether a part exists, only the tool knows.
///
/// AMD's own tools spell one part in several ways: of the 7 series and Zynq the device and its package are one word
/// where Vivado lists its parts (`xc7z020clg400-1`) and two in the reports of high-level synthesis
/// (`xc7z020-clg400-1`), and files of boards differ in capitals. All of them are one part, so that a project which is
/// spelt anew is not built anew.
enum PartName {
    static let example = "xcu250-figd2104-2L-e"

    enum Reading: Hashable, Sendable {
        /// As Vivado lists it; a part of another vendor as it was written.
        case part(String)
        case problem(String, help: String)
    }

    private static let form = "write device-package-speed as the vendor's tools do, for example \(example)"

    static func read(_ text: String) -> Reading {
        let lower = text.lowercased()
        if let part = boards[lower.filter { $0 != "-" && $0 != "_" && $0 != " " }] {
            return .problem("it is a board", help: "the part on that board is \(part)")
        }
        let legal = text.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789-._".unicodeScalars.contains($0))
        }
        guard legal, text.first?.isLetter == true || text.first?.isNumber == true, text.contains(where: \.isNumber)
        else {
            return .problem("a part is made of letters, digits and '-'", help: form)
        }
        guard ["xc", "xq", "xa"].contains(where: lower.begins(with:)) else { return .part(text) }
        return amd(text.split(separator: "-", omittingEmptySubsequences: false).map(String.init))
    }

    /// Device and package, a speed grade that begins with a digit, and grades of temperature and voltage.
    private static func amd(_ pieces: [String]) -> Reading {
        if pieces.contains(where: \.isEmpty) { return .problem("a piece between two '-' is empty", help: form) }
        // Of the 7 series and those before it, device and package are one word.
        let isGlued = pieces[0].dropFirst(2).first?.isNumber == true
        let speedPlace = isGlued && pieces.count > 1 && isSpeed(pieces[1]) ? 1 : 2
        guard pieces.count > speedPlace else {
            if pieces.count == 2, let ordered = ordered(pieces, isGlued) { return ordered }
            return .problem(
                isGlued ? "the speed grade is missing" : "the package or the speed grade is missing", help: form)
        }
        let speed = pieces[speedPlace]
        guard isSpeed(speed) else {
            return .problem(
                "'\(speed)' is not a speed grade", help: "a speed grade begins with a digit: -1, -2, -2L; \(form)")
        }
        let package = speedPlace == 2 ? [pieces[1].lowercased()] : []
        let names = [device(pieces[0])] + package
        let grades = pieces.dropFirst(speedPlace + 1).enumerated().map { grade($1, isFirst: $0 == 0) }
        return .part(
            ([names.joined(separator: isGlued ? "" : "-"), speed.uppercased()] + grades).joined(separator: "-"))
    }

    /// Digits and then letters, never a package: `1`, `2LV`, `1Q`.
    private static func isSpeed(_ piece: String) -> Bool {
        guard piece.first?.isNumber == true else { return false }
        return piece.drop(while: \.isNumber).allSatisfy(\.isLetter)
    }

    /// A device in small letters, but for what is set off in it: `xcvu080_CIV`.
    private static func device(_ piece: String) -> String {
        let parts = piece.split(separator: "_", omittingEmptySubsequences: false)
        return ([parts[0].lowercased()] + parts.dropFirst().map { $0.uppercased() }).joined(separator: "_")
    }

    /// The temperature and a sample's number in small letters, the power in capitals: `-e-S-es1`.
    private static func grade(_ piece: String, isFirst: Bool) -> String {
        !isFirst && piece.utf8.count == 1 ? piece.uppercased() : piece.lowercased()
    }

    /// What data sheets and shops call a part, `XCZU7EV-2FFVC1156E`, which the tools do not take.
    private static func ordered(_ pieces: [String], _ isGlued: Bool) -> Reading? {
        let speed = pieces[1].prefix { $0.isNumber }
        var package = pieces[1].dropFirst(speed.count)
        guard speed.utf8.count == 1, package.prefix(while: \.isLetter).count >= 2, package.contains(where: \.isNumber)
        else { return nil }
        let temperature = package.last.flatMap { $0.isLetter ? String($0) : nil }
        if temperature != nil { package.removeLast() }
        let device = device(pieces[0]) + (isGlued ? "" : "-") + package.lowercased()
        let grade = isGlued ? "" : "-" + (temperature?.lowercased() ?? "e")
        return .problem("it is spelt as it is ordered", help: "the tools call it \(device)-\(speed)\(grade)")
    }

    /// Boards that people name where a part is asked for.
    private static let boards = [
        "pynqz1": "xc7z020clg400-1", "pynqz2": "xc7z020clg400-1", "zcu102": "xczu9eg-ffvb1156-2-e",
        "zcu104": "xczu7ev-ffvc1156-2-e", "zcu106": "xczu7ev-ffvc1156-2-e", "zcu111": "xczu28dr-ffvg1517-2-e",
        "vcu118": "xcvu9p-flga2104-2L-e", "kv260": "xck26-sfvc784-2LV-c", "ultra96": "xczu3eg-sbva484-1-e",
        "alveou50": "xcu50-fsvh2104-2-e", "alveou200": "xcu200-fsgd2104-2-e", "alveou250": "xcu250-figd2104-2L-e",
        "alveou280": "xcu280-fsvh2892-2L-e",
    ]
}
