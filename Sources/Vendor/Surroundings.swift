internal import Basics
internal import BuildEngine
internal import Config
internal import Glibc
internal import Tools

extension VendorRun.Surroundings {
    /// What a run of a tool needs of this machine: memory, a seat of a licence, and where licences are.
    init(_ entry: ToolEntry, _ options: VendorOptions, _ world: World) {
        environment = Self.licences(world)
        pool = Self.pool(world, patience: options.wait > 0 ? .seconds(options.wait) : nil)
        claims = [.init("memory", units: entry.memory, of: Self.memory)]
        memory = Int64(entry.memory) << 20
        // C synthesis asks for no licence.
        if entry.role == .vivado { claims.append(.init("licence", title: "a licence seat", of: options.seats)) }
        if options.wait > 0 {
            let wait = Duration.seconds(options.wait)
            retry = .init(firstPause: min(.seconds(10), wait / 16), patience: wait)
        }
    }

    /// Where all builds of the user on this machine say what they have taken. Not below the home or the session's own
    /// folder: those may be shared with other machines, or gone, or another for a job that a timer started.
    private static func pool(_ world: World, patience: Duration?) -> CommandPlan.Pool {
        if let folder = world.unnotedEnvironment(CommandPlan.Pool.variable), PathText.isAbsolute(folder) {
            return CommandPlan.Pool(folder: folder, isOwn: false, patience: patience)
        }
        return CommandPlan.Pool(folder: "/tmp/hlsbuild-\(geteuid())", isOwn: true, patience: patience)
    }

    /// The licences of the user's home, which a run with a home of its own would not find.
    private static func licences(_ world: World) -> [String: String] {
        let isStated = Installation.licenceVariables.contains { world.unnotedEnvironment($0)?.isEmpty == false }
        guard !isStated, let home = world.unnotedEnvironment("HOME") else { return [:] }
        let folder = home + "/" + Installation.licenceFolder
        let files = ((try? Files.list(folder)) ?? []).filter { $0.ends(with: ".lic") }.map { folder + "/" + $0 }
        guard let variable = Installation.licenceVariables.first, !files.isEmpty else { return [:] }
        return [variable: files.joined(separator: ":")]
    }

    /// Mebibytes of memory of this machine.
    private static var memory: Int {
        let pages = sysconf(Int32(_SC_PHYS_PAGES)), size = sysconf(Int32(_SC_PAGESIZE))
        let (bytes, overflow) = pages.multipliedReportingOverflow(by: size)
        return overflow || bytes <= 0 ? 8 << 10 : bytes >> 20
    }
}
