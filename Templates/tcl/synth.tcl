# C++ to RTL. Run it from any folder:
#   {{ command }} synth.tcl
# The RTL is in {{ project }}_prj/solution1/syn/verilog and syn/vhdl beside this script, the reports are in syn/report.
cd [file dirname [file normalize [info script]]]
source project.tcl
source reuse.tcl

synthesise
puts "hlsbuild: synth complete"
exit
