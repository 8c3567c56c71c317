/// The outline of a file in ELF, the format of objects and programs: whether it is whole.
///
/// A compiler may end well and leave a cut file: on a full disk, behind a wrapper, killed and not told so. Whatever is
/// kept of it is taken for good in every build after, so a file is proven first. What its headers promise must be
/// there; what lies in a section is the compiler's affair.
struct ELFFile {
    /// What a file is for.
    enum Kind: UInt16 {
        case object = 1
        case program = 2
        /// A program that can be loaded anywhere is marked like a library.
        case library = 3
    }

    private static let sectionSymbols: UInt32 = 2, sectionStrings: UInt32 = 3, sectionEmpty: UInt32 = 8

    private struct Section {
        var type: UInt32
        var offset: UInt64
        var size: UInt64
        var link: UInt32
        var entrySize: UInt64
    }

    private let bytes: [UInt8]
    private let is64: Bool
    private let isBigEndian: Bool

    /// What is wrong with a file that was to be of one of these kinds; nil: it is whole.
    static func fault(_ bytes: [UInt8], _ kinds: [Kind]) -> String? {
        guard bytes.count >= 52, bytes[0..<4].elementsEqual([0x7F, 0x45, 0x4C, 0x46]),
            [1, 2].contains(bytes[4]), [1, 2].contains(bytes[5])
        else { return "it does not begin as an ELF file does" }
        return ELFFile(bytes: bytes, is64: bytes[4] == 2, isBigEndian: bytes[5] == 2).fault(kinds)
    }

    private func fault(_ kinds: [Kind]) -> String? {
        guard let type = number(at: 16, 2), kinds.contains(where: { $0.rawValue == UInt16(type) }) else {
            return "it is an ELF file of another kind"
        }
        guard let sections = sections() else { return "the table of its sections is cut off" }
        guard !sections.isEmpty else { return "it has no sections" }
        let (names, isNamed) = nameSection(sections)
        guard isNamed else { return "the names of its sections are not there" }
        for (index, section) in sections.enumerated().dropFirst() {
            if section.type == 0 { return "section \(index) of \(sections.count) is blank" }
            guard section.type == Self.sectionEmpty || isInside(section) else {
                return "section \(index) of \(sections.count) is cut off"
            }
        }
        return nameFault(sections, names) ?? symbolFault(sections) ?? segmentFault()
    }

    /// An unsigned number of so many bytes; nil where the file ends before it.
    private func number(at place: UInt64, _ count: Int) -> UInt64? {
        guard let start = Int(exactly: place), start <= bytes.count - count else { return nil }
        let digits = bytes[start..<start + count]
        return (isBigEndian ? Array(digits) : digits.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A number that is as wide as the file's addresses.
    private func wide(_ place: UInt64) -> UInt64? { number(at: place, is64 ? 8 : 4) }

    private func isInside(_ section: Section) -> Bool {
        let end = section.offset.addingReportingOverflow(section.size)
        return !end.overflow && end.partialValue <= UInt64(bytes.count)
    }

    private func sections() -> [Section]? {
        guard let table = wide(is64 ? 40 : 32), let stated = number(at: is64 ? 60 : 48, 2) else { return nil }
        if table == 0 { return [] }
        // More than the header can tell of are counted in the first, which is none itself.
        guard let first = section(0, table) else { return nil }
        let count = stated == 0 ? first.size : stated
        guard count <= UInt64(bytes.count) / 40 else { return nil }
        var sections: [Section] = []
        for index in 0..<count {
            guard let section = section(index, table) else { return nil }
            sections.append(section)
        }
        return sections
    }

    private func section(_ index: UInt64, _ table: UInt64) -> Section? {
        let size: UInt64 = is64 ? 64 : 40
        let place = table.addingReportingOverflow(index &* size)
        guard !place.overflow, place.partialValue <= UInt64(bytes.count) else { return nil }
        let start = place.partialValue
        guard let type = number(at: start + 4, 4), let offset = wide(start + (is64 ? 24 : 16)),
            let length = wide(start + (is64 ? 32 : 20)), let link = number(at: start + (is64 ? 40 : 24), 4),
            let entry = wide(start + (is64 ? 56 : 36))
        else { return nil }
        return Section(
            type: UInt32(type), offset: offset, size: length, link: UInt32(truncatingIfNeeded: link), entrySize: entry)
    }

    /// The section of the sections' names, and whether it is one.
    private func nameSection(_ sections: [Section]) -> (place: Int, isNamed: Bool) {
        let stated = number(at: is64 ? 62 : 50, 2) ?? 0
        let place = Int(stated == 0xFFFF ? UInt64(sections[0].link) : stated)
        // The first is none itself.
        guard place > 0, sections.indices.contains(place), sections[place].type == Self.sectionStrings else {
            return (0, false)
        }
        return (place, true)
    }

    /// Names end with a zero; a tail that was never written is all zeros, and has no names.
    private func nameFault(_ sections: [Section], _ names: Int) -> String? {
        let section = sections[names]
        let text = bytes[Int(section.offset)..<Int(section.offset + section.size)]
        guard text.last == 0, text.contains(where: { $0 != 0 }) else { return "the names of its sections are blank" }
        return nil
    }

    private func symbolFault(_ sections: [Section]) -> String? {
        for section in sections.dropFirst() where section.type == Self.sectionSymbols && section.size > 0 {
            let names = Int(section.link)
            guard (1...section.size).contains(section.entrySize), section.size % section.entrySize == 0,
                sections.indices.contains(names), sections[names].type == Self.sectionStrings
            else { return "the table of its symbols is broken" }
            for place in stride(from: section.offset, to: section.offset + section.size, by: Int(section.entrySize)) {
                guard let name = number(at: place, 4), name == 0 || name < sections[names].size else {
                    return "a symbol's name is not there"
                }
            }
        }
        return nil
    }

    /// What is loaded to run it.
    private func segmentFault() -> String? {
        guard let table = wide(is64 ? 32 : 28), let count = number(at: is64 ? 56 : 44, 2) else {
            return "its header is cut off"
        }
        for index in 0..<(table == 0 ? 0 : count) {
            let start = table &+ index &* (is64 ? 56 : 32)
            guard let offset = wide(start &+ (is64 ? 8 : 4)), let size = wide(start &+ (is64 ? 32 : 16)) else {
                return "the table of its segments is cut off"
            }
            let end = offset.addingReportingOverflow(size)
            guard !end.overflow, end.partialValue <= UInt64(bytes.count) else { return "segment \(index) is cut off" }
        }
        return nil
    }
}
