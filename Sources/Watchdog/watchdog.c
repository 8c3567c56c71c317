#define _GNU_SOURCE
#include "watchdog.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* More groups at once than any machine runs; one more than these is not watched. */
enum { GROUP_LIMIT = 4096, DESCRIPTOR_LIMIT = 65536 };

/* How long a group may take to end when it is asked to: tools give their licences back. */
enum { GRACE_STEPS = 25, GRACE_STEP_MS = 20 };

struct watched {
    pid_t groups[GROUP_LIMIT];
    unsigned count;
};

static void note(struct watched *watched, pid_t word)
{
    if (word > 1) {
        if (watched->count < GROUP_LIMIT) watched->groups[watched->count++] = word;
        return;
    }
    for (unsigned i = 0; i < watched->count; i++) {
        if (watched->groups[i] == -word) {
            watched->groups[i] = watched->groups[--watched->count];
            return;
        }
    }
}

static bool signal_all(const struct watched *watched, int number)
{
    bool found = false;
    for (unsigned i = 0; i < watched->count; i++) found = kill(-watched->groups[i], number) == 0 || found;
    return found;
}

static void end_all(const struct watched *watched)
{
    bool alive = signal_all(watched, SIGTERM);
    /* A stopped process takes no SIGTERM. */
    signal_all(watched, SIGCONT);
    for (int step = 0; alive && step < GRACE_STEPS; step++) {
        struct timespec pause = {0, GRACE_STEP_MS * 1000000L};
        nanosleep(&pause, NULL);
        alive = signal_all(watched, 0);
    }
    if (alive) signal_all(watched, SIGKILL);
}

static void close_from(int first)
{
#ifdef SYS_close_range
    if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0) return;
#endif
    for (int i = first; i < DESCRIPTOR_LIMIT; i++) close(i);
}

/* Nothing of the parent is kept: no descriptor (a lock, the other end, a terminal), no folder, no session. The end to
   read from becomes descriptor 3. */
static bool leave(int input)
{
    static const int ignored[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    for (unsigned i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_IGN);
    setsid();
    prctl(PR_SET_NAME, "hlsbuild-watch");
    if (input != 3 && dup2(input, 3) != 3) return false;
    close_from(4);
    int null = open("/dev/null", O_RDWR);
    for (int i = 0; i < 3; i++) {
        if (null < 0 || dup2(null, i) != i) close(i);
    }
    if (null > 3) close(null);
    return chdir("/") == 0;
}

static void watch(int input)
{
    struct watched watched = {.count = 0};
    while (true) {
        pid_t word = 0;
        ssize_t got = read(input, &word, sizeof word);
        if (got < 0 && errno == EINTR) continue;
        if (got != sizeof word) break;
        note(&watched, word);
    }
    end_all(&watched);
}

pid_t watchdog_start(int *input)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        if (leave(ends[0])) watch(3);
        _exit(0);
    }
    close(ends[0]);
    if (child < 0) {
        close(ends[1]);
        return -1;
    }
    *input = ends[1];
    return child;
}

/* A packet is whole or not at all; a watchdog that somebody killed is no reason to die. */
static void tell(int input, pid_t word)
{
    while (send(input, &word, sizeof word, MSG_NOSIGNAL) < 0 && errno == EINTR) {}
}

void watchdog_add(int input, pid_t group) { tell(input, group); }

void watchdog_remove(int input, pid_t group) { tell(input, -group); }
