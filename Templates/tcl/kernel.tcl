# A kernel object for the accelerator flow, {{ project }}.xo. Run it in this folder:
#   {{ command }} kernel.tcl
# It packages what synth.tcl synthesised for that flow, or synthesises if there is nothing.
source project.tcl
set flow vitis
source ip.tcl
source reuse.tcl

proc pack {} {
    global project version
    export_design -format xo -rtl verilog -version $version -output $project.xo
}

set done [reopen]
if {$done && [catch pack reason]} {
    set done [anew $reason]
}
if {!$done} {
    synthesise
    pack
}
puts "hlsbuild: export complete"
exit
