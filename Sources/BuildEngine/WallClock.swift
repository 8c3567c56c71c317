internal import Basics

/// The clock by which the engine judges whether a file's time stamps prove anything (`FileStatus.isSettled`).
///
/// Tests give one that they set forward, where a person would have let a moment pass between two builds.
struct WallClock: Sendable {
    /// Nanoseconds since 1970.
    let now: @Sendable () -> Int64

    /// This machine's.
    static let machine = WallClock { Files.now() }
}
