#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "app/cli/parse.h"
#include "app/designer.h"

namespace {

/// Without a screen to draw on Qt would end the process by a signal.
bool hasDisplay() {
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        const char* value = std::getenv(name);
        if (value && *value != 0) return true;
    }
    return false;
}

/// Files that are opened later must not become a standard stream that was closed: a run would read its own
/// output as its input, or write rows into a database. Instead such an input ends at once, and writing such
/// an output fails.
void fillClosedStreams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) >= 0) continue;
        // open() takes the lowest number that is free, which is this one.
        if (::open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY) != stream) return;
    }
}

}  // namespace

int main(int argc, char** argv) {
    fillClosedStreams();
    const rw::cli::Parsed parsed = rw::cli::parseAndRun(argc, argv);
    if (!parsed.designer) return parsed.status;
    if (!hasDisplay()) {
        std::fprintf(stderr,
                     "error: The designer needs a display, and DISPLAY names none. "
                     "A pipeline runs without one: rillwright run FILE\n");
        return 1;
    }
    return rw::ui::runDesigner(argc, argv, parsed.file, parsed.runAtOnce);
}
