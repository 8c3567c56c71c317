internal import Basics
internal import CHDF5
internal import LayerKit

extension HDF5Group {
    /// The numbers of a dataset at a path below this group, converted to single precision by the library whatever
    /// integer or floating-point type, byte order and compression they are stored in.
    func dataset(_ path: String) throws(DiagnosticError) -> Tensor {
        var components = path.split(separator: "/").map(String.init)
        guard let name = components.popLast() else { throw error("was asked for a dataset without a name") }
        let parent = try group(components.joined(separator: "/"))
        try parent.expectHardLink(name)
        let place = "dataset '\(parent.childPath(name))'"
        guard let dataset = HDF5Identifier(H5Dopen2(parent.identifier.raw, name, 0)),
            let type = HDF5Identifier(H5Dget_type(dataset.raw)),
            let space = HDF5Identifier(H5Dget_space(dataset.raw)),
            let layout = HDF5Identifier(H5Dget_create_plist(dataset.raw))
        else { throw file.error("\(place) cannot be opened") }
        guard let size = numberSize(type) else {
            throw file.error("\(place) does not hold plain integers or floating-point numbers", reason: false)
        }
        guard let shape = extent(space) else { throw file.error("\(place) has no readable shape") }
        guard let count = elements(shape, size), layoutIsPlain(layout, size) else {
            throw file.error(
                "\(place) claims the shape \(shape), more than a file of \(file.byteCount) bytes can hold, "
                    + "or is stored outside the file", reason: false)
        }
        var values = [Float](repeating: 0, count: count)
        guard count == 0 || H5Dread(dataset.raw, chdf5_native_float(), 0, 0, 0, &values) >= 0 else {
            throw file.error("\(place) cannot be read", help: "is the file complete? copy or save it again")
        }
        guard let tensor = Tensor(shape: shape, values: values) else {
            throw file.error("\(place) has no readable shape", reason: false)
        }
        return tensor
    }

    /// Bytes of a stored number; nil for what is not one.
    private func numberSize(_ type: HDF5Identifier) -> Int? {
        let kind = H5Tget_class(type.raw), size = H5Tget_size(type.raw)
        guard kind == H5T_FLOAT || kind == H5T_INTEGER, (1...16).contains(size) else { return nil }
        return size
    }

    private func extent(_ space: HDF5Identifier) -> Shape? {
        let rank = H5Sget_simple_extent_ndims(space.raw)
        guard (0...32).contains(rank), H5Sget_simple_extent_npoints(space.raw) >= 0 else { return nil }
        var sizes = [hsize_t](repeating: 0, count: Int(rank))
        guard rank == 0 || H5Sget_simple_extent_dims(space.raw, &sizes, nil) == rank else { return nil }
        var shape: Shape = []
        for size in sizes {
            guard let size = Int(exactly: size) else { return nil }
            shape.append(size)
        }
        return shape
    }

    /// The number of elements; nil where they, in the file's type or in ours, take more memory than is allowed.
    private func elements(_ shape: Shape, _ size: Int) -> Int? {
        var count = 1
        for extent in shape {
            guard let next = count.product(with: extent, atMost: file.memoryLimit / max(4, size)) else { return nil }
            count = next
        }
        return count
    }

    /// Whether the numbers lie in this file, in chunks of which one fits in memory.
    private func layoutIsPlain(_ layout: HDF5Identifier, _ size: Int) -> Bool {
        guard H5Pget_external_count(layout.raw) == 0 else { return false }
        switch H5Pget_layout(layout.raw) {
        case H5D_COMPACT, H5D_CONTIGUOUS: return true
        case H5D_CHUNKED:
            var sizes = [hsize_t](repeating: 0, count: 32)
            let rank = H5Pget_chunk(layout.raw, 32, &sizes)
            guard (1...32).contains(rank) else { return false }
            // A chunk may be larger than the data, but not without bound.
            return elements(sizes.prefix(Int(rank)).map { Int(clamping: $0) }, size) != nil
        default: return false
        }
    }
}
