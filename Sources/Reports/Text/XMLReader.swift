internal import Basics
internal import CExpat

/// Reads XML as a stream: an element is told when it opens and when it closes, nothing is kept. Reports of large
/// designs hold megabytes of elements nobody asks for.
///
/// Strict: text that is not well-formed, that declares a document type (entities could expand without bound), or that
/// nests absurdly deep is an error.
final class XMLReader {
    /// The attributes of the element that just opened.
    struct Attributes {
        fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

        subscript(_ name: String) -> String? {
            guard var pair = list else { return nil }
            while let key = pair[0], let value = pair[1] {
                if String(cString: key) == name { return String(cString: value) }
                pair += 2
            }
            return nil
        }
    }

    /// Names of the open elements, from the root.
    private(set) var path: [String] = []
    private var texts: [[UInt8]] = []
    private var failure: ReportRefusal?
    private let opened: (XMLReader, Attributes) throws(ReportRefusal) -> Void
    private let closed: (XMLReader, String) throws(ReportRefusal) -> Void
    private var parser: XML_Parser?
    /// Elements so far.
    private var count = 0

    private static let depthLimit = InputLimit.report.depth ?? 128
    private static let textLimit = 1 << 16

    /// `opened` is called with the element as the last of `path`, `closed` likewise with the element's own text.
    init(
        opened: @escaping (XMLReader, Attributes) throws(ReportRefusal) -> Void,
        closed: @escaping (XMLReader, String) throws(ReportRefusal) -> Void
    ) {
        self.opened = opened
        self.closed = closed
    }

    func read(_ bytes: [UInt8]) throws(ReportRefusal) {
        guard let parser = XML_ParserCreate(nil) else { throw .damaged("XML") }
        self.parser = parser
        defer {
            XML_ParserFree(parser)
            self.parser = nil
        }
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let name else { return }
                XMLReader.of(data)?.open(String(cString: name), attributes)
            },
            { data, _ in XMLReader.of(data)?.close() })
        XML_SetCharacterDataHandler(parser) { data, text, count in XMLReader.of(data)?.append(text, Int(count)) }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            XMLReader.of(data)?.stop(.unknown("an XML file with a document type, which no report has"))
        }
        // In one piece: a token that spans pieces is read again with each of them.
        let status = bytes.withUnsafeBytes { buffer in
            XML_Parse(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), 1)
        }
        if let failure { throw failure }
        guard status == XML_STATUS_OK else { throw .brokenXML(line: Int(XML_GetCurrentLineNumber(parser))) }
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLReader? {
        data.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func stop(_ reason: ReportRefusal) {
        if failure == nil { failure = reason }
        if let parser { XML_StopParser(parser, 0) }
    }

    private func open(_ name: String, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard failure == nil else { return }
        guard path.count < Self.depthLimit else { return stop(.unknown("an XML file nested too deep for a report")) }
        count += 1
        guard count <= InputLimit.report.elements else { return stop(.unknown("an XML file of too many elements")) }
        path.append(name)
        texts.append([])
        do { try opened(self, Attributes(list: attributes)) } catch { stop(error) }
    }

    private func append(_ text: UnsafePointer<CChar>?, _ count: Int) {
        guard failure == nil, let text, !texts.isEmpty, texts[texts.count - 1].count < Self.textLimit else { return }
        let bytes = UnsafeRawBufferPointer(start: text, count: count)
        texts[texts.count - 1].append(contentsOf: bytes)
    }

    private func close() {
        guard failure == nil, let text = texts.popLast() else { return }
        do { try closed(self, String(decoding: text, as: UTF8.self).trimmed) } catch { stop(error) }
        path.removeLast()
    }
}
