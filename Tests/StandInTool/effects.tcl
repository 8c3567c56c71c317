# What the commands do: files where the real tools put them, lines as they print them.
namespace eval effect {
    variable top ""
    variable part ""
    variable period ""
    variable sources {}
    variable flow vivado
    variable bench {}
    variable benchFlags ""
    variable rtl ""
    variable project ""
    variable solution ""
    variable isMoved 0
    variable isReset 1
}

proc effect::write {path text} {
    file mkdir [file dirname $path]
    set file [open $path w]
    puts -nonewline $file $text
    close $file
}

proc effect::now {} { return [clock format [clock seconds]]-[clock clicks] }

proc effect::begin {} {
    global fault folder
    switch -- $fault {
        hang - stubborn {
            puts "HANGING [pid]"
            flush stdout
            # A grandchild, as the real tools have.
            if {$fault eq "stubborn"} { exec sh -c "trap '' TERM; sleep 1000 & wait; sleep 1000" }
            exec sleep 1000
        }
        background { append_line $folder/background [exec sh -c {sleep 1000 >/dev/null 2>&1 & echo $!}] }
    }
}

proc effect::banner {} {
    global program release
    if {$program eq "vivado"} {
        puts "****** Vivado v$release (64-bit)"
    } elseif {$program eq "vivado_hls"} {
        puts "****** Vivado(TM) HLS - High-Level Synthesis from C, C++ and SystemC v$release (64-bit)"
    } else {
        puts "****** Vitis HLS - High-Level Synthesis from C, C++ and OpenCL v$release (64-bit)"
    }
    puts "INFO: \[HLS 200-10\] For user 'somebody' on host '[info hostname]' (Linux_x86_64) on [now]"
    puts "INFO: settings: [expr {[info exists ::env(STANDIN_SETTINGS)] ? $::env(STANDIN_SETTINGS) : {none}}]"
}

proc effect::end {{isGood 1}} {
    global program
    # The driver prints this only when all went well.
    if {$program in {vitis-run v++} && $isGood} { puts "INFO: \[$program 60-791\] Total elapsed time: 0h 0m 1s" }
    puts "INFO: \[Common 17-206\] Exiting $program at [now]..."
    flush stdout
}

proc effect::fail {args} {
    foreach line $args { puts $line }
    flush stdout
    return -code error [lindex $args end]
}

proc effect::value {arguments option {default ""}} {
    set index [lsearch -exact $arguments $option]
    return [expr {$index < 0 ? $default : [lindex $arguments $index+1]}]
}

proc effect::call {name arguments} {
    if {[llength [info procs ::effect::do_$name]]} { return [::effect::do_$name $arguments] }
    return ""
}

# Where the project and its solution are kept, and whether it was made in an earlier run.
proc effect::locate {folder name} {
    variable project $folder
    variable solution $folder/$name
    variable isMoved 0
}

proc effect::do_open_project {arguments} {
    variable sources {}
    variable bench {}
    set folder [lindex $arguments end]
    if {"-reset" in $arguments} { file delete -force $folder }
    locate $folder solution1
    variable isReset [expr {![file exists $folder/hls.app]}]
}

# Goes on with what an earlier run left. A real project holds the folder that it was made in.
proc effect::resume {} {
    global fault
    variable project
    variable solution
    variable isMoved 0
    if {[file exists $project/hls.app]} {
        set handle [open $project/hls.app]
        foreach {name value} [read $handle] { variable $name $value }
        close $handle
        set isMoved [expr {$place ne [pwd]}]
    }
    if {$fault eq "closed" && $isMoved} { fail "ERROR: \[HLS 200-70\] Cannot open '$project'." }
    foreach file [list $project/hls.app $solution/solution.aps $solution/.autopilot/db/a.g.bc] {
        if {![file exists $file]} { fail "ERROR: \[HLS 200-70\] '$file' is missing." }
    }
}

# Writes down what a later run needs; links and names that no build system should trip over are part of it.
proc effect::keep {} {
    variable project
    variable solution
    variable isMoved 0
    set state [list place [pwd]]
    foreach name {top part period flow sources} {
        variable $name
        lappend state $name [set $name]
    }
    write $project/hls.app $state
    write $solution/solution.aps "<id>[now] [pwd]</id>"
    write $solution/.autopilot/db/a.g.bc "[now]\n"
    write $solution/.autopilot/db/empty ""
    write "$solution/.autopilot/db/a name\nof two lines; '\"\\" "x"
    exec ln -sf /usr/include $solution/.autopilot/include
    exec ln -sf [pwd]/$solution/.autopilot/db/a.g.bc $solution/.autopilot/db/link.bc
    # A name that is no UTF-8.
    exec sh -c {printf x > "$1/$(printf 'n\377me')"} sh $solution/.autopilot/db
    catch {exec mkfifo $solution/.autopilot/pipe}
}

# What a configuration file says, in place of the commands.
proc effect::configure {work name} {
    variable top [config::value syn.top]
    variable part [config::value part]
    variable period [string trimright [config::value clock 10] ns]
    variable flow [config::value flow_target]
    variable sources [dict get $config::values syn.file]
    variable bench {}
    variable benchFlags [config::value tb.cflags]
    if {[dict exists $config::values tb.file]} { set bench [dict get $config::values tb.file] }
    locate $work $name
    do_set_part [list $part]
}
proc effect::do_set_top {arguments} { variable top [lindex $arguments 0] }
proc effect::do_set_part {arguments} {
    global fault
    variable part [lindex $arguments 0]
    if {$fault eq "part"} { fail "ERROR: \[HLS 200-1023\] Part '$part' is not installed." }
}
proc effect::do_create_clock {arguments} { variable period [value $arguments -period] }
proc effect::do_open_solution {arguments} {
    variable isReset
    variable flow [value $arguments -flow_target [value $arguments -target vivado]]
    if {!$isReset} { resume }
}
proc effect::do_get_ports {arguments} { return $arguments }

proc effect::do_add_files {arguments} {
    variable sources
    variable bench
    if {$::program eq "vivado"} {
        variable rtl [lindex $arguments end]
        return
    }
    set isBench [expr {"-tb" in $arguments}]
    if {[string match *-I* [value $arguments -cflags]]} { fail "ERROR: the vendor's own headers may be shadowed" }
    set file [lindex $arguments end]
    if {![file exists $file]} { fail "ERROR: \[HLS 200-10\] Cannot find file '$file'" }
    if {!$isBench} {
        # A file that is added again is still one file.
        if {$file ni $sources} { lappend sources $file }
        return
    }
    lappend bench $file
    if {"-cflags" in $arguments} { variable benchFlags [value $arguments -cflags] }
}

# A checksum of what the RTL follows from: the sources with all that they include, part and clock.
proc effect::fingerprint {} {
    variable sources
    variable part
    variable period
    variable flow
    set text "$part $period $flow"
    foreach file [lsort [glob -nocomplain firmware/*.h firmware/*.cpp firmware/*/*.h firmware/*/*.cpp]] {
        set handle [open $file]
        append text [read $handle]
        close $handle
    }
    return [format %08x [zlib crc32 $text]]
}

proc effect::do_csynth_design {arguments} {
    global fault release program folder
    variable top
    variable part
    variable period
    variable sources
    variable solution
    append_line $folder/syntheses $program
    puts "INFO: \[HLS 200-10\] Analyzing design file '[lindex $sources 0]' ..."
    exec sh -c {sleep 0.01}
    switch -- $fault {
        frontend {
            fail "ERROR: \[HLS 207-3325\] use of undeclared identifier 'wieght' (firmware/layers/fc1.cpp:12:5)" \
                "ERROR: \[HLS 200-1715\] Encountered problem during source synthesis"
        }
        unroll {
            fail "ERROR: \[XFORM 203-504\] Stop unrolling loop 'Product1' (firmware/nnet_utils/nnet_dense.h:58) in function '${top}_fc1' because it may cause large runtime and excessive memory usage due to increase in code size. Please avoid unrolling the loop or form sub-functions for code in the loop body." \
                "ERROR: \[HLS 200-70\] Pre-synthesis failed."
        }
        memory { fail "ERROR: \[HLS 200-103\] Unexpected exception occurred: Out of Memory." }
        killed { flush stdout; exec sh -c "kill -9 [pid]" }
        crash {
            puts "Abnormal program termination (11)"
            puts "Please check '[pwd]/hs_err_pid[pid].log' for details"
            write hs_err_pid[pid].log "stack"
            flush stdout
            real_exit 134
        }
        caught-error {
            puts "ERROR: \[HLS 200-642\] The 'config_array_partition -maximum_size' command is not supported."
        }
        pragma {
            puts "WARNING: \[HLS 207-5566\] unexpected pragma argument 'mul', expects function/operation (firmware/layers/fc1.cpp:9:44)"
        }
    }
    puts "INFO: \[HLS 200-42\] -- Implementing module '${top}_fc1' "
    set print [fingerprint]
    foreach {kind suffix mark} {verilog v // vhdl vhd --} {
        foreach module [list $top ${top}_${top}_fc1] {
            write $solution/syn/$kind/$module.$suffix "$mark Generated by $program $release\n$mark $print\nmodule $module; endmodule\n"
        }
    }
    write $solution/syn/verilog/${top}_table.dat "0001\n"
    if {$fault ne "no-report"} { write $solution/syn/report/csynth.xml [csynth_xml] }
    write $solution/syn/report/${top}_csynth.rpt "================\n== Vitis HLS Report for '$top'\n================\n* Date:           [now]\n\n* Version:        $release\n* Project:        $effect::project\n"
    keep
    write vitis_hls.log "[now] [info hostname] [pwd]\n"
    puts "INFO: \[HLS 200-789\] **** Estimated Fmax: 312.50 MHz"
    puts "INFO: \[HLS 200-111\] Finished generating all RTL models Time (s): cpu = 1"
    puts "INFO: \[HLS 200-111\] Finished Command csynth_design CPU user time: 1 seconds."
    if {$fault eq "early"} { flush stdout; real_exit 0 }
}

proc effect::csynth_xml {} {
    global release
    variable top
    variable part
    variable period
    variable flow
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<profile>
<ReportVersion><Version>$release</Version></ReportVersion>
<UserAssignments><unit>ns</unit><ProductFamily>virtexuplus</ProductFamily><Part>$part</Part>
<TopModelName>$top</TopModelName><TargetClockPeriod>$period</TargetClockPeriod>
<ClockUncertainty>1.35</ClockUncertainty><FlowTarget>$flow</FlowTarget></UserAssignments>
<PerformanceEstimates><PipelineType>yes</PipelineType>
<SummaryOfTimingAnalysis><unit>ns</unit><EstimatedClockPeriod>3.2</EstimatedClockPeriod></SummaryOfTimingAnalysis>
<SummaryOfOverallLatency><unit>clock cycles</unit><Best-caseLatency>12</Best-caseLatency>
<Average-caseLatency>12</Average-caseLatency><Worst-caseLatency>12</Worst-caseLatency>
<Interval-min>1</Interval-min><Interval-max>1</Interval-max></SummaryOfOverallLatency>
</PerformanceEstimates>
<AreaEstimates><Resources><BRAM_18K>3</BRAM_18K><DSP>40</DSP><FF>5000</FF><LUT>20000</LUT><URAM>0</URAM></Resources>
<AvailableResources><BRAM_18K>5376</BRAM_18K><DSP>12288</DSP><FF>3456000</FF><LUT>1728000</LUT><URAM>1280</URAM></AvailableResources></AreaEstimates>
<BindNode SOURCE=\"[pwd]/firmware/layers/fc1.cpp:12\" TOOL=\"/opt/x/common/technology/autopilot/ap_fixed.h:3\"/>
</profile>
"
}

proc effect::do_cosim_design {arguments} {
    global fault release
    variable top
    variable bench
    variable benchFlags
    variable solution
    variable isMoved
    if {$fault eq "moved" && $isMoved} { fail "ERROR: \[COSIM 212-5\] *** C/RTL co-simulation file generation failed ***" }
    if {"${top}_test.cpp" ni $bench} { fail "ERROR: \[HLS 200-627\] Cannot find C test bench. Please specify test bench files using -tb option." }
    puts "INFO: \[COSIM 212-47\] Using XSIM for RTL simulation."
    compile . bench.exe
    set status [run_bench . ./bench.exe $arguments]
    if {$status != 0} {
        fail "ERROR: \[COSIM 212-359\] Aborting co-simulation: C TB simulation failed, nonzero return value '$status'." \
            "ERROR: \[COSIM 212-320\] C TB testing failed, stop generating test vectors. Please check C TB or re-run cosim." \
            "ERROR: \[COSIM 212-5\] *** C/RTL co-simulation file generation failed. ***" \
            "ERROR: \[COSIM 212-4\] *** C/RTL co-simulation finished: FAIL ***"
    }
    if {$fault eq "wrong-rtl"} { set status [wrong_rtl $arguments] }
    if {$fault eq "deadlock"} {
        puts "//////////////////////////////////////////////////////////////////////////////"
        puts "// ERROR!!! DEADLOCK DETECTED at 1292000 ns! SIMULATION WILL BE STOPPED! //"
        puts "/////////////////////////\n// Dependence cycle 1:\n// (1): Process: $top.${top}_fc1_U0"
        puts "//      Channel: $top.fc1_out_U, FULL"
        puts "// (2): Process: $top.${top}_relu1_U0\n//      Channel: $top.relu1_out_U, EMPTY"
        fail "ERROR: \[COSIM 212-4\] *** C/RTL co-simulation finished: FAIL ***"
    }
    if {"-enable_dataflow_profiling" in $arguments} { channels }
    write $solution/sim/report/${top}_cosim.rpt [cosim_report [expr {$fault eq "mismatch" || $status ? "Fail" : "Pass"}]]
    if {$status != 0} {
        fail "ERROR: \[COSIM 212-361\] C TB post check failed, nonzero return value '$status'." \
            "ERROR: \[COSIM 212-4\] *** C/RTL co-simulation finished: FAIL ***"
    }
    if {$fault eq "mismatch"} {
        fail "ERROR: \[COSIM 212-361\] *** C/RTL co-simulation finished: FAIL ***" "ERROR: \[COSIM 212-4\] *** C/RTL co-simulation finished: FAIL ***"
    }
    puts "INFO: \[COSIM 212-1000\] *** C/RTL co-simulation finished: PASS ***"
}

# The sources below a folder with the test bench as a program. What was compiled before, word for word, is taken from the
# folder of the package's products.
proc effect::compile {folder program} {
    global here
    variable top
    variable sources
    variable benchFlags
    set types [file normalize $here/../../Templates/hls/ap_types]
    set files {}
    foreach file [concat $sources ${top}_test.cpp] { lappend files $folder/$file }
    set command [list g++ {*}$benchFlags -O0 -w -I$types {*}$files]
    set known [file normalize $here/../../.build/stand-in]/[lindex [exec {*}$command -E -P | sha256sum] 0]
    if {![file exists $known]} {
        file mkdir [file dirname $known]
        exec {*}$command -o $known.[pid]
        file rename -force $known.[pid] $known
    }
    file copy -force $known $program
}

# Runs it in a folder; its exit status.
proc effect::run_bench {folder program arguments} {
    set argv [value $arguments -argv]
    set isGood [catch {exec sh -c {cd "$1" && shift && exec "$@"} sh $folder $program {*}$argv 2>@1} output details]
    puts $output
    if {!$isGood} { return 0 }
    set code [dict get $details -errorcode]
    return [expr {[lindex $code 0] eq "CHILDSTATUS" ? [lindex $code 2] : 255}]
}

# In place of RTL that is not what the C++ says: the C++ with another bias.
proc effect::wrong_rtl {arguments} {
    variable top
    file delete -force wrong
    file mkdir wrong
    file copy firmware ${top}_test.cpp ${top}_marshal.h wrong
    set file [lindex [lsort [glob wrong/firmware/weights/*_bias.h]] end]
    set handle [open $file]
    set text [read $handle]
    close $handle
    write $file [regsub {\x7b\s*[-0-9.e]+} $text "\x7b 1.5"]
    compile wrong wrong.exe
    return [run_bench . ./wrong.exe $arguments]
}

proc effect::do_csim_design {arguments} {
    variable top
    variable bench
    variable solution
    puts "INFO: \[SIM 211-2\] *************** CSIM start ***************"
    if {"${top}_test.cpp" ni $bench} {
        fail "ERROR: \[HLS 200-627\] Cannot find C test bench. Please specify test bench files using 'add_files -tb'." \
            "ERROR: \[SIM 211-100\] CSim failed with errors."
    }
    # It is run in a folder of the tool's, in which the folders of the test bench are links.
    set build $solution/csim/build
    file mkdir $build
    foreach file $bench { if {[file isdirectory $file]} { exec ln -sfn [pwd]/$file $build/$file } }
    compile . $build/csim.exe
    set status [run_bench $build ./csim.exe $arguments]
    write $solution/csim/report/${top}_csim.log "INFO: \[SIM 2\] *************** CSIM start ***************\n"
    if {$status != 0} { fail "ERROR: \[SIM 211-100\] 'csim_design' failed: nonzero return value." }
    puts "INFO: \[SIM 211-1\] CSim done with 0 errors."
}

# How full each FIFO became: a list of files, and the files in an archive.
proc effect::channels {} {
    global fault
    variable top
    variable solution
    set source [open firmware/$top.cpp]
    set text [read $source]
    close $source
    set list ""
    set files {}
    set count 0
    foreach {- name depth} [regexp -all -inline {STREAM variable=(\w+) depth=(\d+)} $text] {
        incr count
        append list ",${name}_U,$depth,chan_status$count.csv\n"
        lappend files chan_status$count.csv "0\n0\n0\n[expr {$fault eq "full-fifo" ? $depth : 1}]\n"
    }
    set folder $solution/.autopilot/db
    write $folder/channel_info.csv $list
    file mkdir $folder/channel_depth_info
    set file [open $folder/channel_depth_info/channel.zip wb]
    puts -nonewline $file [archive $files]
    close $file
}

proc effect::cosim_report {status} {
    variable top
    return "
================================================================
== Vitis HLS: Cosimulation Report for '$top'
================================================================
Report time       : [now].
Solution          : solution1.
Simulation tool   : xsim.

+----------+----------+-----------------------------------------------+-----------------------------------------------+
|          |          |                    Latency                    |                    Interval                   |
+   RTL    +  Status  +-----------------------------------------------+-----------------------------------------------+
|          |          |      min      |      avg      |      max      |      min      |      avg      |      max      |
+----------+----------+-----------------------------------------------+-----------------------------------------------+
|      VHDL|        NA|             NA|             NA|             NA|             NA|             NA|             NA|
|   Verilog|[format %10s $status]|             12|             12|             12|              1|              1|              1|
+----------+----------+-----------------------------------------------+-----------------------------------------------+
"
}

# A deflated archive as the real tool's: times of the day, extra fields, files as they come.
proc effect::archive {files} {
    set body ""
    set directory ""
    set count 0
    foreach {name text} $files {
        set packed [zlib deflate $text]
        set clock [expr {[clock seconds] & 0xffff}]
        set head [binary format sssssiiiss 20 0 8 $clock 22000 [zlib crc32 $text] [string length $packed] \
            [string length $text] [string length $name] 9]
        set extra [binary format ssci 0x5455 5 3 [clock seconds]]
        set at [string length $body]
        append body PK\x03\x04 $head $name $extra $packed
        append directory PK\x01\x02 [binary format s 0x314] $head [binary format sssii 0 0 0 0 $at] $name $extra
        incr count
    }
    set end [binary format ssssiis 0 0 $count $count [string length $directory] [string length $body] 0]
    return ${body}${directory}PK\x05\x06$end
}

proc effect::component {name revision files {options {}}} {
    variable top
    set list ""
    foreach {file text} $files {
        append list "<spirit:file>\n<spirit:name>$file</spirit:name>\n<spirit:userFileType>CHECKSUM_[format %08x [zlib crc32 $text]]</spirit:userFileType>\n</spirit:file>\n"
    }
    lassign [split $name .] major minor
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<spirit:component xmlns:xilinx=\"http://www.xilinx.com\" xmlns:spirit=\"http://www.spiritconsortium.org/XMLSchema/SPIRIT/1685-2009\">
<spirit:vendor>[value $options -vendor xilinx.com]</spirit:vendor>
<spirit:library>[value $options -library hls]</spirit:library>
<spirit:name>$top</spirit:name>
<spirit:version>$major.$minor</spirit:version>
<spirit:fileSets><spirit:fileSet><spirit:name>all</spirit:name>
$list</spirit:fileSet></spirit:fileSets>
<spirit:description>[value $options -description {An IP generated by Vitis HLS}]</spirit:description>
<xilinx:displayName>[value $options -display_name $top]</xilinx:displayName>
<xilinx:taxonomy>/VITIS_HLS_IP/of</xilinx:taxonomy>
<xilinx:coreRevision>$revision</xilinx:coreRevision>
<xilinx:coreCreationDateTime>[clock format [clock seconds] -format %Y-%m-%dT%H:%M:%SZ -gmt 1]</xilinx:coreCreationDateTime>
</spirit:component>
"
}

# A kernel as the accelerator flow takes it. It holds an IP, whose revision is the minute of the day.
proc effect::kernel {path} {
    variable top
    set time "timestamp=\"[now]\""
    set notes "made on [clock format [clock seconds]]\n"
    set module "module $top; endmodule // [fingerprint]\n"
    set ip [list doc/ReleaseNotes.txt $notes hdl/$top.v $module]
    set description [component 1.0 [expr {[clock seconds] % 100000000}] $ip]
    set file [open $path wb]
    puts -nonewline $file [archive [list \
        xo.xml "<root $time><print>[fingerprint]</print></root>\n" \
        $top/kernel.xml "<kernel name=\"$top\" $time source=\"[pwd]/firmware/$top.cpp\"/>\n" \
        ip_repo/$top/doc/ReleaseNotes.txt $notes ip_repo/$top/hdl/$top.v $module \
        ip_repo/$top/component.xml $description \
        ip_repo/$top.zip [archive [list component.xml $description {*}$ip]]]]
    close $file
}

proc effect::do_export_design {arguments} {
    global fault release
    variable top
    variable flow
    variable solution
    variable isMoved
    puts "INFO: \[IMPL 213-8\] Exporting RTL as a Vivado IP."
    if {$fault eq "moved" && $isMoved} { fail "ERROR: \[IMPL 213-28\] Failed to generate IP." }
    set format [value $arguments -format]
    set version [value $arguments -version]
    if {$strict::release <= 20212 && $version eq ""} {
        fail "bad lexical cast: source type value could not be interpreted as target" "ERROR: \[IMPL 213-28\] Failed to generate IP."
    }
    if {$format eq "xo"} {
        if {$flow ne "vitis"} { fail "ERROR: a kernel needs the vitis flow" }
        kernel [value $arguments -output]
        return
    }
    set ip $solution/impl/ip
    foreach {kind suffix} {verilog v vhdl vhd} {
        foreach file [glob $solution/syn/$kind/*] {
            file mkdir $ip/hdl/$kind
            file copy -force $file $ip/hdl/$kind/[file tail $file]
        }
    }
    write $ip/xgui/${top}_v1_0.tcl "proc init_gui {IPINST} {}\n"
    write $ip/constraints/${top}_ooc.xdc "create_clock -period 5\n"
    write $ip/vivado.jou "[now]\n"
    write $ip/run_ippack.tcl "[now]\n"
    write $ip/doc/ReleaseNotes.txt "made on [clock format [clock seconds]]\n"
    set files {}
    foreach file [lsort [glob -directory $ip -tails doc/* xgui/* constraints/* hdl/verilog/* hdl/vhdl/*]] {
        set handle [open $ip/$file rb]
        lappend files $file [read $handle]
        close $handle
    }
    lassign [split $version .] major minor revision
    write $ip/component.xml [component $major.$minor $revision $files $arguments]
    write $solution/impl/export.zip "[now]"
}

proc effect::do_synth_design {arguments} {
    global fault folder
    variable top [value $arguments -top]
    variable part [value $arguments -part]
    variable rtl
    if {![file exists $rtl/$top.v]} {
        fail "ERROR: \[Synth 8-439\] module '$top' not found"
    }
    puts "Attempting to get a license for feature 'Synthesis' and/or device '$part'"
    if {$fault eq "licence-once"} { file delete $folder/fault }
    if {$fault in {licence licence-once}} {
        fail "WARNING: \[Common 17-348\] Failed to get the license for feature 'Synthesis' and/or device '$part'. Explanation: The license feature Synthesis could not be found." \
            "0 Infos, 1 Warnings, 0 Critical Warnings and 1 Errors encountered." "synth_design failed" \
            "ERROR: \[Common 17-345\] A valid license was not found for feature 'Synthesis' and/or device '$part'. Please run the Vivado License Manager for assistance in determining which features and devices are licensed for your system."
    }
    puts "INFO: \[Common 17-349\] Got license for feature 'Synthesis' and/or device '$part'"
    if {$fault eq "fit"} { fail "ERROR: \[DRC UTLZ-1\] Resource utilization: LUT as Logic over-utilized in Top Level Design" }
    puts "Synth Design complete | Checksum: 60a6232f"
    puts "INFO: \[Common 17-83\] Releasing license: Synthesis"
    puts "synth_design completed successfully"
}

proc effect::do_write_checkpoint {arguments} { write [lindex $arguments end] "[now]\n" }

proc effect::vivado_report {arguments title body} {
    variable top
    write [value $arguments -file] "+------\n| Tool Version : Vivado v$::release (lin64)\n| Date         : [now]\n| Host         : [info hostname] running 64-bit Linux, by [pid]\n| Command      : $title\n| Design       : $top\n+------\n\n$body\n"
}

proc effect::do_report_utilization {arguments} {
    vivado_report $arguments report_utilization [join {
        {1. CLB Logic} {------------} {}
        {+------------+------+-------+------------+-----------+-------+}
        {| Site Type  | Used | Fixed | Prohibited | Available | Util% |}
        {+------------+------+-------+------------+-----------+-------+}
        {| CLB LUTs*  | 8565 |     0 |          0 |   1728000 |  0.50 |}
        {+------------+------+-------+------------+-----------+-------+}
    } \n]
}
proc effect::do_report_timing_summary {arguments} {
    vivado_report $arguments report_timing_summary "| Design Timing Summary\n    WNS(ns)      TNS(ns)\n    -------      -------\n      1.204        0.000\n\nAll user specified timing constraints are met."
}
proc effect::do_report_power {arguments} {
    vivado_report $arguments report_power [join {
        {1. Summary} {----------} {}
        {+--------------------------+--------------+}
        {| Total On-Chip Power (W)  | 3.566        |}
        {| Dynamic (W)              | 0.512        |}
        {+--------------------------+--------------+}
    } \n]
}
