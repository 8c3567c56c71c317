internal import Basics
internal import Glibc

/// A folder by which the processes of a machine share what is scarce.
///
/// A taken seat is a file that its holder has locked; the kernel takes the lock back when the holder ends, so that a
/// crash leaks nothing. The file says how many units it stands for, who has it, and which process group works with it:
/// a group that has outlived its hlsbuild keeps the seat. Looking and taking happen under one lock, the gate, and a set
/// of claims is granted whole or not at all, so that nobody waits for one thing while holding another.
struct SharedPool {
    let folder: String

    enum Answer {
        case granted(HeldSeats)
        /// Somebody else has them; who, in words.
        case taken([String])
        /// Another process is looking just now.
        case busy
    }

    private struct Seat {
        var index: Int
        var units: Int
        /// Nil: the seat is free.
        var holder: String?
    }

    /// Makes the folder where it is not there yet.
    ///
    /// - Parameter isOwn: whether the folder is this user's alone: somebody else's in its place is refused.
    static func open(_ folder: String, isOwn: Bool) throws -> SharedPool {
        guard mkdir(folder, isOwn ? 0o700 : 0o777) == 0 || errno == EEXIST else { throw FileError.last("make", folder) }
        var status = stat()
        guard lstat(folder, &status) == 0 else { throw FileError.last("read", folder) }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        if isOwn, !isFolder || status.st_uid != geteuid() || status.st_mode & 0o022 != 0 {
            throw FileError("trust", folder, code: EPERM)
        }
        return SharedPool(folder: folder)
    }

    /// Takes all that is claimed, or nothing.
    /// - Parameter holder: who takes it, for others to read.
    func attempt(_ claims: [CommandPlan.Claim], holder: String) throws -> Answer {
        let gate = try file("gate")
        defer { close(gate) }
        guard flock(gate, LOCK_EX | LOCK_NB) == 0 else { return .busy }
        // Unlocked by hand for the same reason as the seats.
        defer { flock(gate, LOCK_UN) }
        let names = try Files.list(folder)
        var places: [String] = []
        var holders: [String] = []
        for claim in claims {
            let seats = try seats(of: claim.resource, names)
            let held = seats.filter { $0.holder != nil }
            let taken = held.reduce(0) { $0 + $1.units }
            if taken > 0, taken > claim.capacity - claim.units { holders += held.compactMap(\.holder) }
            let free = seats.first { $0.holder == nil }?.index ?? (seats.map(\.index).max() ?? -1) + 1
            places.append("\(Self.prefix(claim.resource))\(free)")
        }
        if !holders.isEmpty { return .taken(Array(Set(holders)).sorted()) }
        return .granted(HeldSeats(try zip(claims, places).map { try take($0.0.units, $0.1, holder) }))
    }

    private func take(_ units: Int, _ place: String, _ holder: String) throws -> Int32 {
        let file = try file(place)
        guard flock(file, LOCK_EX | LOCK_NB) == 0, ftruncate(file, 0) == 0 else {
            close(file)
            throw FileError.last("lock", folder + "/" + place)
        }
        let text = Array("\(units)\n\(holder.filter { !$0.isNewline })\n".utf8)
        _ = text.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        return file
    }

    private func seats(of resource: String, _ names: [String]) throws -> [Seat] {
        let prefix = Self.prefix(resource)
        return try names.compactMap { name -> Seat? in
            guard let index = name.rest(behind: prefix).flatMap({ Int($0) }), (0..<100_000) ~= index
            else { return nil }
            return try seat(name, index)
        }.sorted { $0.index < $1.index }
    }

    private func seat(_ name: String, _ index: Int) throws -> Seat {
        let file = try file(name)
        defer { close(file) }
        let isFree = flock(file, LOCK_EX | LOCK_NB) == 0
        defer { if isFree { flock(file, LOCK_UN) } }
        let lines = ((try? Files.text(folder + "/" + name, within: .state)) ?? "").split(separator: "\n")
        let units = lines.first.flatMap { Int($0) }.map { max(1, min($0, 1 << 40)) } ?? 1
        let holder = lines.count > 1 ? String(lines[1]) : "somebody"
        if !isFree { return Seat(index: index, units: units, holder: holder) }
        let leader = lines.count > 2 ? ProcessMark(text: lines[2]) : nil
        guard let leader, leader.isGroupRunning else { return Seat(index: index, units: units, holder: nil) }
        let orphan = "process \(leader.number), which outlived \(holder)"
        return Seat(index: index, units: units, holder: orphan)
    }

    private func file(_ name: String) throws -> Int32 {
        let file = Glibc.open(folder + "/" + name, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard file >= 0 else { throw FileError.last("write", folder + "/" + name) }
        return file
    }

    private static func prefix(_ resource: String) -> String {
        String(resource.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }) + "-"
    }
}
