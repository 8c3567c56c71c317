internal import Basics
internal import CHDF5

extension HDF5Group {
    /// The strings of an attribute, one for a scalar; nil where there is no such attribute. An empty array of any type
    /// is an empty list, since Python writes empty lists as numbers.
    func strings(_ name: String) throws(DiagnosticError) -> [String]? {
        let exists = H5Aexists(identifier.raw, name)
        guard exists != 0 else { return nil }
        guard exists > 0, let attribute = HDF5Identifier(H5Aopen(identifier.raw, name, 0)),
            let type = HDF5Identifier(H5Aget_type(attribute.raw)),
            let space = HDF5Identifier(H5Aget_space(attribute.raw))
        else { throw unreadable(name) }
        let points = H5Sget_simple_extent_npoints(space.raw)
        guard points != 0 else { return [] }
        guard H5Tget_class(type.raw) == H5T_STRING else {
            throw file.error("attribute '\(name)' of '\(path)' is not text", reason: false)
        }
        // Each string takes a byte at least, each variable one a reference of 16.
        guard points > 0, points <= file.byteCount else { throw unreadable(name) }
        let variable = H5Tis_variable_str(type.raw)
        guard variable >= 0 else { throw unreadable(name) }
        let strings =
            variable > 0
            ? variableStrings(attribute, type, space, Int(points)) : fixedStrings(attribute, type, Int(points))
        guard let strings else { throw unreadable(name) }
        return strings
    }

    /// A list of strings that Keras spread over `name`, or over `name0`, `name1`, ... where it exceeds what one
    /// attribute can hold; nil where there is neither.
    func chunkedStrings(_ name: String) throws(DiagnosticError) -> [String]? {
        if let whole = try strings(name) { return whole }
        var all: [String]?
        var chunk = 0
        while let part = try strings("\(name)\(chunk)") {
            all = (all ?? []) + part
            chunk += 1
        }
        return all
    }

    private func unreadable(_ name: String) -> DiagnosticError {
        file.error("attribute '\(name)' of '\(path)' cannot be read")
    }

    private func fixedStrings(_ attribute: HDF5Identifier, _ type: HDF5Identifier, _ count: Int) -> [String]? {
        let size = H5Tget_size(type.raw)
        guard size > 0, let bytes = count.product(with: size, atMost: file.memoryLimit) else { return nil }
        var buffer = [UInt8](repeating: 0, count: bytes)
        guard H5Aread(attribute.raw, type.raw, &buffer) >= 0 else { return nil }
        let spaces = H5Tget_strpad(type.raw) == H5T_STR_SPACEPAD
        var result: [String] = []
        for start in stride(from: 0, to: bytes, by: size) {
            var text = buffer[start..<start + size].prefix { $0 != 0 }
            while spaces, text.last == 0x20 { text.removeLast() }
            guard let string = String(validating: text, as: UTF8.self) else { return nil }
            result.append(string)
        }
        return result
    }

    private func variableStrings(
        _ attribute: HDF5Identifier, _ type: HDF5Identifier, _ space: HDF5Identifier, _ count: Int
    ) -> [String]? {
        guard let memory = HDF5Identifier(H5Tcopy(chdf5_c_string())),
            H5Tset_size(memory.raw, chdf5_variable_length()) >= 0,
            H5Tset_cset(memory.raw, H5Tget_cset(type.raw)) >= 0
        else { return nil }
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        let status = H5Aread(attribute.raw, memory.raw, &pointers)
        defer { H5Dvlen_reclaim(memory.raw, space.raw, 0, &pointers) }
        guard status >= 0 else { return nil }
        var result: [String] = []
        for pointer in pointers {
            guard let pointer else {
                result.append("")
                continue
            }
            guard let string = String(validatingCString: pointer) else { return nil }
            result.append(string)
        }
        return result
    }
}

extension Int {
    /// The product of two sizes; nil where it exceeds a limit or cannot be counted.
    func product(with other: Int, atMost limit: Int) -> Int? {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow || product > limit || product < 0 ? nil : product
    }
}
