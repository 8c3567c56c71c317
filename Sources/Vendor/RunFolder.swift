/// Takes the folder that the engine ran a tool in out of what the tool wrote.
///
/// Such a folder is told by its end, `/.hlsbuild/work/STAGE/STEP/run`; before that stands the project's folder, which may
/// have any name, also one with blanks.
enum RunFolder {
    private static let mark = Array("/.hlsbuild/work/".utf8)
    private static let last = Array("/run".utf8)
    /// What a path never reaches over: marks of XML and of lists.
    private static let borders = Set("\"'<>=;,()\n\t".utf8)

    /// The text with paths in the folder beginning there: `/home/me/net/.hlsbuild/work/synth/csynth/run/net.cpp` becomes
    /// `net.cpp`, and the folder itself a dot.
    static func removed(from bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let place = find(mark, in: rest) {
            let before = rest[..<place]
            guard let end = end(rest[(place + mark.count)...]) else {
                result += rest[..<(place + mark.count)]
                rest = rest[(place + mark.count)...]
                continue
            }
            result += before[..<start(before)]
            let goesOn = end < rest.endIndex && rest[end] == UInt8(ascii: "/")
            if !goesOn { result.append(UInt8(ascii: ".")) }
            rest = rest[(goesOn ? end + 1 : end)...]
        }
        return rest.startIndex == bytes.startIndex ? bytes : result + rest
    }

    private static func find(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = wanted.first else { return nil }
        var at = bytes.startIndex
        while let hit = bytes[at...].firstIndex(of: first), hit + wanted.count <= bytes.endIndex {
            if bytes[hit..<hit + wanted.count].elementsEqual(wanted) { return hit }
            at = hit + 1
        }
        return nil
    }

    /// Where the path begins that these bytes end in: with the first slash behind a border or a blank, else with the
    /// last word.
    private static func start(_ before: ArraySlice<UInt8>) -> Int {
        let border = before.lastIndex { borders.contains($0) }.map { $0 + 1 } ?? before.startIndex
        let slash = UInt8(ascii: "/")
        return before[border...].indices.first { index in
            before[index] == slash && (index == border || before[index - 1] == UInt8(ascii: " "))
        } ?? before.lastIndex { borders.contains($0) || $0 == UInt8(ascii: " ") }.map { $0 + 1 } ?? before.startIndex
    }

    /// Where `STAGE/STEP/run` ends; nil if something else follows.
    private static func end(_ bytes: ArraySlice<UInt8>) -> Int? {
        let slash = UInt8(ascii: "/")
        guard let stage = bytes.firstIndex(of: slash), let step = bytes[(stage + 1)...].firstIndex(of: slash),
            !bytes[..<step].contains(where: { borders.contains($0) }), bytes[step...].starts(with: last)
        else { return nil }
        let end = step + last.count
        let isWhole =
            end == bytes.endIndex || bytes[end] == slash || bytes[end] == UInt8(ascii: " ")
            || borders.contains(bytes[end])
        return isWhole ? end : nil
    }
}
