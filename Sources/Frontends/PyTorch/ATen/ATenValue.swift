internal import Basics
internal import LayerKit

/// An axis of a stored tensor, or a part of one that is told apart because some view does.
struct Atom: Hashable {
    let id: Int
    /// Not of the batch's, which is as long as it happens to be.
    let size: Int

    static let batch = Atom(id: 0, size: 0)

    var isBatch: Bool { id == 0 }
}

/// A tensor of a program, as a view of what is stored.
///
/// PyTorch moves axes about without moving numbers: what `permute`, `view` and their like give is the same tensor seen
/// otherwise. They are kept as views here, for two reasons: the batch can be anywhere in a tensor of PyTorch (attention
/// has it second, or merged with the heads), but stands first in what is stored, and so in the network that comes out;
/// and axes that are moved forth and back cost nothing.
struct ATenValue: Equatable {
    var source: Source
    /// The axes as they are stored, each as the atoms that it consists of. The batch is the first, alone, or absent:
    /// then the numbers are the same for every sample.
    var axes: [[Atom]]
    /// The axes as the program sees them. None of them need be stored as such; one without atoms has the size 1.
    var dims: [[Atom]]
    /// The call that last changed the view, which names the layers that it takes to store it so.
    var label: Label?

    enum Source: Equatable {
        /// What a node of the graph gives.
        case node(String)
        /// Numbers at hand, under the name that the program has for them.
        case constant(Tensor, name: String)
    }

    /// How the layers made for a call are called, and whose they are.
    struct Label: Equatable {
        var name: String
        var origin: String
    }

    var isPerSample: Bool { axes.first == [.batch] }

    /// The number at hand where there is one alone.
    var scalar: Double? {
        guard case .constant(let tensor, _) = source, tensor.count == 1 else { return nil }
        return tensor.doubles[0]
    }

    var constant: Tensor? {
        if case .constant(let tensor, _) = source { tensor } else { nil }
    }

    /// Whether some of the numbers at hand are infinite.
    var isInfinite: Bool { (constant?.infiniteCount ?? 0) > 0 }

    /// The size of an axis as the program sees it, without the batch in it; 1 for one that it has not.
    func size(_ dim: Int) -> Int { dims.indices.contains(dim) ? Self.size(dims[dim]) : 1 }

    /// Other atoms in place of those of a dimension; the batch stays before or behind them.
    static func dim(like dim: [Atom], _ atoms: [Atom]) -> [Atom] {
        guard dim.contains(.batch) else { return atoms }
        return dim.first == .batch ? [.batch] + atoms : atoms + [.batch]
    }

    static func size(_ atoms: [Atom]) -> Int { atoms.reduce(1) { $1.isBatch ? $0 : Count.times($0, $1.size) } }

    /// The axis of a dimension counted from either end.
    func dim(_ index: Int) throws(LayerError) -> Int {
        let rank = dims.count
        guard (-rank..<rank).contains(index) else {
            throw LayerError("axis \(index) is none of the \(dims.count) axes of its input")
        }
        return index < 0 ? index + rank : index
    }

    /// The same with its axes in another order: axis `order[i]` becomes axis i.
    func permuted(_ order: [Int]) -> ATenValue {
        var result = self
        result.dims = order.map { dims[$0] }
        return result
    }

    /// Whether two tensors are stored and seen alike, so that their elements correspond where they lie.
    func isAlike(_ other: ATenValue) -> Bool { pattern == other.pattern }

    /// The view with its atoms numbered as they come.
    private var pattern: [[[Atom]]] {
        var numbers: [Int: Int] = [0: 0]
        return [axes, dims].map { lists in
            lists.map { list in
                list.filter { $0.isBatch || $0.size != 1 }.map { atom in
                    let number = numbers[atom.id] ?? numbers.count
                    numbers[atom.id] = number
                    return Atom(id: number, size: atom.size)
                }
            }
        }
    }
}
