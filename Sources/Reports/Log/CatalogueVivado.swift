extension FailureCatalogue {
    private static let emptyDesign =
        "nothing of the design was left: see which outputs reach a port, and that the top is the one that was meant"
    private static let tooManyPins =
        "the ports are more than the package has pins, or have none: synthesise out of context, or connect the IP in a "
        + "block design"
    private static let wrongPin = "give the port another pin, one that the clock's network reaches"

    /// Logic synthesis and implementation, IP packaging, block designs.
    static let vivadoEntries: [Entry] = [
        Entry(
            "Common 17-345", nil, .licence,
            "no licence for this device or feature: check XILINXD_LICENSE_FILE, or wait for a seat"),
        Entry(
            "Common 17-348", nil, .licence,
            "no licence for this device or feature: check XILINXD_LICENSE_FILE, or wait for a seat"),
        Entry("Common 17-38", nil, .notWritable, "make the folder writable, or run in a folder of its own"),
        Entry("Common 17-39", nil, .script, "see the messages before this one"),
        Entry("Common 17-49", nil, .diskFull, "the tool could not write its data: check the free space and the quota"),
        Entry("Common 17-53", nil, .script, "the script uses a project before it opens one"),
        Entry("Common 17-55", nil, .script, "the object that the script names does not exist"),
        Entry(
            "Common 17-69", "bitstream generation is not permitted", .licence,
            "a core of the design may be simulated but not loaded: get its licence, or leave it out"),
        Entry("Common 17-69", nil, .rtl, "see the messages before this one"),
        Entry("Common 17-170", nil, .option, "this release does not have the option"),
        Entry("Common 17-163", nil, .option, "an argument that the command needs is missing"),
        Entry(
            "Common 17-179", nil, .memory, "the tool could not start a helper process: check memory and process limits"),
        Entry("Common 17-*", nil, .script, "see the tool's message"),
        Entry(
            "Synth 8-439", nil, .topNotFound,
            "no source file defines the module: check the top's name and the file list"),
        Entry("Synth 8-*", nil, .rtl, "correct the RTL at the place named"),
        Entry("DRC UTLZ-1", nil, .fit, "the design does not fit the part: raise reuse factors or take a larger part"),
        Entry("DRC CIPS-1", nil, .implementation, "a Versal design needs the CIPS core; an IP block alone does not"),
        Entry("DRC NSTD-1", nil, .implementation, "give the ports an I/O standard, or synthesise out of context"),
        Entry("Vivado_Tcl 4-23", nil, .fit, "see the design rule violations before this one"),
        Entry("Vivado_Tcl 4-*", nil, .implementation, "see the messages before this one"),
        Entry("Place 30-494", nil, .implementation, emptyDesign),
        Entry("Place 30-*", "design is empty", .implementation, emptyDesign),
        Entry("Place 30-58", nil, .implementation, tooManyPins),
        Entry("Place 30-415", nil, .implementation, tooManyPins),
        Entry("Place 30-*", "IO placement", .implementation, tooManyPins),
        Entry("Place 30-*", "I/O ports", .implementation, tooManyPins),
        Entry("Place 30-*", "terminals", .implementation, tooManyPins),
        Entry("Place 30-*", "IO pin", .implementation, wrongPin),
        Entry("Place 30-*", "clock pin", .implementation, wrongPin),
        Entry("Place 30-*", "clock IO", .implementation, wrongPin),
        Entry("Place 30-*", nil, .fit, "the placer found no place: raise reuse factors or take a larger part"),
        Entry("Place 46-*", nil, .timing, "the placer could not meet timing"),
        Entry("Route 35-39", nil, .timing, "raise the clock period or the reuse factor"),
        Entry("Route 35-*", nil, .implementation, "the router could not finish: lower the utilisation"),
        Entry(
            "Timing 38-282", nil, .timing,
            "raise the clock period or the reuse factor; read the timing summary for the path"),
        Entry("Timing 38-*", nil, .timing, "see the timing report"),
        Entry("Power 33-*", nil, .power, "the estimate exceeds a limit of the package: check the activity it assumes"),
        Entry("Vivado 12-13638", nil, .childTool, "a run failed: read the runme.log of the run that is named"),
        Entry("Vivado 12-*", nil, .script, "see the tool's message"),
        Entry("Board 49-71", nil, .board, "install the board's files, or set the part and no board"),
        Entry("Board 49-*", nil, .board, "install the board's files, or set the part and no board"),
        Entry("Project 1-*", nil, .script, "see the tool's message"),
        Entry("BD 5-*", nil, .blockDesign, "upgrade or correct the block design"),
        Entry("BD 41-*", nil, .blockDesign, "upgrade or correct the block design"),
        Entry("PSU-*", nil, .blockDesign, "check the board's memory settings in the block design"),
        Entry("IP_Flow 19-*", nil, .ip, "the IP core could not be packaged or generated"),
        Entry("IP_Flow 19-3805", nil, .ip, "the IP core could not be packaged or generated"),
        Entry("ipx 19-*", nil, .ip, "the IP core could not be packaged"),
        Entry("Opt 31-*", nil, .implementation, "the netlist could not be optimised"),
        Entry("Netlist 29-*", nil, .implementation, "the netlist is not complete"),
        Entry("Constraints 18-*", nil, .implementation, "correct the constraint that is named"),
        Entry("Designutils 20-*", nil, .implementation, "see the tool's message"),
        Entry("filemgmt 20-*", nil, .missingFile, "a source file is missing or of the wrong kind"),
        Entry("filemgmt 56-*", nil, .missingFile, "a source file is missing or of the wrong kind"),
        Entry("Labtools 27-*", nil, .board, "the board could not be reached"),
        Entry("Runs 36-*", nil, .childTool, "a run failed: read its runme.log"),
        Entry("DRC 23-*", nil, .implementation, "see the design rule violations"),
    ]
}
