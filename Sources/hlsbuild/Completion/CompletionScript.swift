import Basics

/// The scripts that shells load. They ask the program itself what can come next, so that a new option, stage or layer needs
/// no new script.
enum CompletionScript: String, CaseIterable {
    case bash, zsh, fish

    /// The first word of such a question: `---complete`, then the words up to the cursor; or `---complete-line` and the
    /// line up to the cursor.
    static let question = "---complete"
    static let lineQuestion = "---complete-line"

    var text: String {
        switch self {
        case .bash: Self.bashText
        case .zsh: Self.zshText
        case .fish: Self.fishText
        }
    }

    // bash cuts words at '=' and ':' as well, and replaces what stands behind the last of them.
    private static let bashText = #"""
        _hlsbuild() {
            local IFS=$'\n' line=${COMP_LINE:0:COMP_POINT} answer word
            COMPREPLY=()
            mapfile -t answer < <("$1" ---complete-line "$line" 2>/dev/null)
            word=${line##*[[:space:]]}
            case ${answer[0]} in
            words*)
                for line in "${answer[@]:1}"; do
                    line=${line%%$'\t'*}
                    COMPREPLY+=("${line#"${word%"${word##*[=:@]}"}"}")
                    case $line in *[=.]) compopt -o nospace ;; esac
                done
                ;;
            # Readline knows best how files are quoted.
            file*) compopt -o default ;;
            folder*) compopt -o dirnames ;;
            esac
        }
        complete -F _hlsbuild hlsbuild
        """#

    private static let zshText = #"""
        #compdef hlsbuild
        _hlsbuild() {
            local -a answer texts shown
            local line kind endings
            answer=("${(@f)$("${words[1]}" ---complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
            kind=${answer[1]%%$'\t'*} endings=${answer[1]#*$'\t'}
            case $kind in
            words)
                for line in "${(@)answer[2,-1]}"; do
                    texts+=("${line%%$'\t'*}")
                    if [[ $line == *$'\t'?* ]]; then
                        shown+=("${line%%$'\t'*}  -- ${line#*$'\t'}")
                    else
                        shown+=("${line%%$'\t'*}")
                    fi
                done
                local -a open openshown closed closedshown
                local i
                for i in {1..$#texts}; do
                    if [[ ${texts[i]} == *[=.] ]]; then
                        open+=("${texts[i]}") openshown+=("${shown[i]}")
                    else
                        closed+=("${texts[i]}") closedshown+=("${shown[i]}")
                    fi
                done
                (( $#open )) && compadd -l -S '' -d openshown -a open
                (( $#closed )) && compadd -l -d closedshown -a closed
                ;;
            folder)
                [[ $PREFIX == --*=* ]] && compset -P '*='
                _files -/
                ;;
            file)
                [[ $PREFIX == --*=* ]] && compset -P '*='
                if [[ -z $endings ]]; then _files; else _files -g "*.(${endings//,/|})"; fi
                ;;
            esac
        }
        if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _hlsbuild "$@"; else compdef _hlsbuild hlsbuild; fi
        """#

    private static let fishText = #"""
        function __hlsbuild_complete
            set -l before (commandline -opc)
            set -l word (commandline -ct)
            set -l answer ($before[1] ---complete $before[2..-1] "$word" 2>/dev/null)
            set -l head (string split \t -- "$answer[1]")
            set -l option (string match -r -- '^--[^=]*=' "$word")
            set -l value (string replace -r -- '^--[^=]*=' '' "$word")
            switch "$head[1]"
                case words
                    printf '%s\n' $answer[2..-1]
                case folder
                    for path in (__fish_complete_directories "$value" '')
                        echo "$option$path"
                    end
                case file
                    if test -z "$head[2]"
                        for path in (__fish_complete_path "$value")
                            echo "$option$path"
                        end
                    else
                        for path in $value*
                            if test -d "$path"
                                echo "$option$path/"
                            else
                                for ending in (string split , -- "$head[2]")
                                    string match -q -- "*.$ending" "$path"; and echo "$option$path"
                                end
                            end
                        end
                    end
            end
        end
        complete -c hlsbuild -f -a '(__hlsbuild_complete)'
        """#
}

extension Completion.Answer {
    /// As the scripts read it: what kind of answer it is, then a candidate a line, a tab and what it means.
    var lines: String {
        switch self {
        case .words(let candidates):
            "words\t\n"
                + candidates.map { $0.text.visible + ($0.help.isEmpty ? "" : "\t" + $0.help.visible) + "\n" }.joined()
        case .file(_, let endings): "file\t" + endings.joined(separator: ",") + "\n"
        case .folder: "folder\t\n"
        }
    }
}

extension CompletionScript {
    /// Answers what shells and `make install` ask for; false where the command line is a person's.
    static func answer(_ words: [String]) throws -> Bool {
        switch words.first {
        case question: Terminal.writeOut(Completion(Array(words.dropFirst()), in: try CommandTable()).answer.lines)
        case lineQuestion:
            let line = ShellWord.split(words.dropFirst().first ?? "")
            Terminal.writeOut(Completion(Array(line.dropFirst()), in: try CommandTable()).answer.lines)
        case "--generate-completion-script":
            guard let script = words.dropFirst().first.flatMap(CompletionScript.init(rawValue:)) else {
                throw DiagnosticError(
                    .error(
                        "there are completions for \(allCases.map(\.rawValue).joined(separator: ", "))",
                        help: "write, for example, '--generate-completion-script bash'"))
            }
            Terminal.writeOut(script.text + "\n")
        case "--generate-manual": Terminal.writeOut(ManualPage(try CommandTable()).text)
        default: return false
        }
        return true
    }
}
