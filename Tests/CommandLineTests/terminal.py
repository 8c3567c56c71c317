"""A terminal without a screen: runs a program in a pseudo-terminal and prints what would be seen.

Called with a JSON object: "command" (a list), "rows", "columns", and "steps". A step waits until the terminal has got "after",
or until the line of the cursor ends with "line", and then makes the terminal smaller or larger ("rows", "columns") or
types "keys". Prints JSON: the exit status, the lines
that have scrolled away, the lines on the screen, and "overreach", how often the cursor was sent above the first row.
"""
import fcntl, json, os, pty, re, select, struct, sys, termios, time

ESCAPE = re.compile(r"\x1b(?:\[([?0-9;]*)([A-Za-z])|[()][A-Z0-9]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[=>78])")


class Screen:
    """Rows of text and a cursor. Lines that are too long are cut where they are not wrapped, and so is the screen
    when it gets narrower, as xterm does it."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.lines, self.scrolled = [""], []
        self.row = self.column = self.overreach = 0
        self.wraps = True
        self.rest = ""

    def resize(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.lines = [line[:columns] for line in self.lines]
        while self.row >= rows:
            self.scroll()
        del self.lines[rows:]

    def scroll(self):
        self.scrolled.append(self.lines.pop(0))
        self.row -= 1

    def newline(self):
        self.row += 1
        while len(self.lines) <= self.row:
            self.lines.append("")
        while self.row >= self.rows:
            self.scroll()

    def put(self, letter):
        if self.column >= self.columns:
            if not self.wraps:
                return
            self.newline()
            self.column = 0
        line = self.lines[self.row].ljust(self.column)
        self.lines[self.row] = line[: self.column] + letter + line[self.column + 1 :]
        self.column += 1

    def obey(self, numbers, letter):
        values = [int(n) if n.isdigit() else 0 for n in numbers.lstrip("?").split(";")]
        if letter == "A":
            up = max(1, values[0])
            self.overreach += up > self.row
            self.row = max(0, self.row - up)
        elif letter == "H":
            self.row = min(self.rows, max(1, values[0])) - 1
            self.column = max(1, values[1] if len(values) > 1 else 1) - 1
            self.lines += [""] * (self.row + 1 - len(self.lines))
        elif letter == "C":
            self.column += max(1, values[0])
        elif letter == "D":
            self.column = max(0, self.column - max(1, values[0]))
        elif letter == "J" and values[0] == 0:
            self.lines[self.row] = self.lines[self.row][: self.column]
            del self.lines[self.row + 1 :]
        elif letter == "J":
            self.lines = [""] * (self.row + 1)
        elif letter == "K":
            self.lines[self.row] = self.lines[self.row][: self.column]
        elif letter in "hl" and numbers == "?7":
            self.wraps = letter == "h"

    def feed(self, text):
        text, self.rest = self.rest + text, ""
        at = 0
        while at < len(text):
            letter = text[at]
            if letter == "\x1b":
                found = ESCAPE.match(text, at)
                if found:
                    if found.group(2):
                        self.obey(found.group(1), found.group(2))
                    at = found.end()
                elif len(text) - at < 12:
                    self.rest = text[at:]
                    return
                else:
                    at += 1
                continue
            at += 1
            if letter == "\n":
                self.newline()
            elif letter == "\r":
                self.column = 0
            elif letter == "\b":
                self.column = max(0, self.column - 1)
            elif letter >= " ":
                self.put(letter)


def is_met(step, heard, screen):
    if "after" in step:
        return step["after"] in heard
    # What a line editor has written, by whatever moves of the cursor.
    return heard != "" and screen.lines[screen.row].rstrip().endswith(step["line"])


def main(wanted):
    screen = Screen(wanted["rows"], wanted["columns"])
    child, terminal = pty.fork()
    if child == 0:
        # The size has to be there before the program looks.
        time.sleep(0.02)
        os.execvp(wanted["command"][0], wanted["command"])

    def set_size():
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", screen.rows, screen.columns, 0, 0))

    set_size()
    steps, heard = list(wanted.get("steps", [])), ""
    deadline = time.time() + 240
    while time.time() < deadline:
        while steps and is_met(steps[0], heard, screen):
            step = steps.pop(0)
            heard = heard.split(step["after"], 1)[1] if "after" in step else ""
            if "rows" in step:
                screen.resize(step["rows"], step["columns"])
                set_size()
            if "keys" in step:
                os.write(terminal, step["keys"].encode())
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        text = data.decode("utf-8", "replace")
        heard += text
        screen.feed(text)
    else:
        os.kill(child, 9)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    lines = {name: [line.rstrip() for line in of] for name, of in [("scrolled", screen.scrolled), ("screen", screen.lines)]}
    print(json.dumps({"status": status, "overreach": screen.overreach, **lines}))


main(json.loads(sys.argv[1]))
