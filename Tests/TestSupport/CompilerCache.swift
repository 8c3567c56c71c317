/// A g++ that remembers, so that the many builds of the tests do not compile the same text again and again.
///
/// A compilation whose words and preprocessed source it has seen before in this run of the tests gives the object of
/// then, which g++ would make again byte for byte; everything else g++ does itself. What a build decides to compile is
/// as before, and is what the tests look at.
package enum CompilerCache {
    /// A search path on which `g++` is the one that remembers.
    package static var searchPath: String {
        get throws { try scratch.get().path + "/bin:/usr/local/bin:/usr/bin:/bin" }
    }

    /// The one that remembers.
    package static var program: String {
        get throws { try scratch.get().path + "/bin/g++" }
    }

    private static let scratch = Result {
        let scratch = try Scratch()
        try scratch.makeDirectories("kept")
        try scratch.write("bin/g++", script(kept: scratch.absolute("kept")), mode: 0o755)
        return scratch
    }

    private static func script(kept: String) -> String {
        """
        #!/bin/sh
        # Only `FLAG... -MMD -MF DEPENDENCIES -c SOURCE -o OBJECT` is kept.
        object= dependencies= source= flags= previous=
        for word; do
            case $previous in
                -o) object=$word ;;
                -MF) dependencies=$word ;;
                -c) source=$word ;;
                *) case $word in -o|-MF|-MMD|-c) ;; *) flags="$flags $word" ;; esac ;;
            esac
            previous=$word
        done
        [ "$object" ] && [ "$dependencies" ] && [ "$source" ] || exec /usr/bin/g++ "$@"
        text=$(/usr/bin/mktemp \(kept)/XXXXXX) || exec /usr/bin/g++ "$@"
        if /usr/bin/g++ $flags -E "$source" -o "$text" 2>/dev/null; then
            kept=\(kept)/$({ printf '%s\\n' "$@"; /bin/cat "$text"; } | /usr/bin/sha256sum | /usr/bin/cut -c1-64)
            /bin/rm -f "$text"
        else
            /bin/rm -f "$text"
            exec /usr/bin/g++ "$@"
        fi
        if [ -e "$kept" ]; then
            /bin/cp "$kept/object" "$object" && exec /bin/cp "$kept/dependencies" "$dependencies"
        fi
        # A warning would have to be kept, too.
        said=$(/usr/bin/g++ "$@" 2>&1) || { status=$?; printf '%s\\n' "$said" >&2; exit $status; }
        [ "$said" ] && { printf '%s\\n' "$said" >&2; exit 0; }
        new=$(/usr/bin/mktemp -d \(kept)/XXXXXX) || exit 0
        /bin/cp "$object" "$new/object" && /bin/cp "$dependencies" "$new/dependencies" && /bin/mv -T "$new" "$kept" 2>/dev/null ||
            /bin/rm -rf "$new"
        exit 0

        """
    }
}
