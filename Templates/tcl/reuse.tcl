# C synthesis may take hours. Whatever comes after synth.tcl goes on with the project that it left, if that was made of
# the very files that lie here now, for the same flow.
set made_of ${project_name}_prj/made_of.txt

proc contents {file} {
    set handle [open $file]
    fconfigure $handle -translation binary
    set text [read $handle]
    close $handle
    return $text
}

# All that C synthesis reads, as one text.
proc ingredients {} {
    global flow
    set text "flow $flow\n"
    set files [list project.tcl hls.tcl tool.tcl]
    foreach pattern {firmware/*.* firmware/*/*.*} { eval lappend files [lsort [glob -nocomplain $pattern]] }
    foreach file $files { append text "$file\n[contents $file]\n" }
    return $text
}

# Synthesises, and writes down of what.
proc synthesise {} {
    global made_of
    catch {close_project}
    uplevel #0 {source hls.tcl}
    csynth_design
    set handle [open $made_of w]
    fconfigure $handle -translation binary
    puts -nonewline $handle [ingredients]
    close $handle
}

# Opens the project that is there; false: there is none that serves.
proc reopen {} {
    global project_name made_of
    if {![file exists $made_of]} { return [anew "there is no project of synth.tcl"] }
    if {[contents $made_of] ne [ingredients]} { return [anew "the project of synth.tcl is of other sources"] }
    catch {close_project}
    if {[catch {open_project ${project_name}_prj; open_solution solution1} reason]} { return [anew $reason] }
    return 1
}

# Says why there is another synthesis; false.
proc anew {reason} {
    catch {close_project}
    puts "hlsbuild: synthesising anew: [lindex [split $reason \n] 0]"
    return 0
}

# Runs a command on the project of synth.tcl; where that does not serve, synthesises and runs it then. With another
# command, that tells by what the first one has left whether the project did serve: then the failure is the design's.
proc use_synthesis {command {served {expr 0}}} {
    set done [reopen]
    if {$done && [catch $command reason]} {
        if {[eval $served]} { error $reason }
        set done [anew $reason]
    }
    if {!$done} {
        synthesise
        $command
    }
}
