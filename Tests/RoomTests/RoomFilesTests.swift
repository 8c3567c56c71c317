import Basics
import TestSupport
import Testing

@Suite struct RoomFilesTests {
    @Test func everyRoomHasItsTests() throws {
        let layers = Repository.root + "/Sources/Layers"
        let rooms = try Files.list(layers).filter { Files.linkStatus(layers + "/" + $0)?.kind == .directory }
        let tests = try Files.list(Repository.root + "/Tests/RoomTests")
        #expect(rooms.count > 10)
        for room in rooms {
            #expect(tests.contains(room + "Tests.swift"), "write Tests/RoomTests/\(room)Tests.swift for the room")
        }
    }
}
