// `rillwright-designer`: the window and all commands.
#include <cstdio>
#include <cstdlib>

#include "app/cli/parse.h"
#include "app/cli/program.h"
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

}  // namespace

int main(int argc, char** argv) {
    rw::cli::fillClosedStreams();
    const rw::cli::Parsed parsed = rw::cli::parseAndRun(argc, argv);
    if (!parsed.designer) return parsed.status;
    if (!hasDisplay()) {
        std::fprintf(stderr,
                     "error: The designer needs a display, and DISPLAY names none. "
                     "A pipeline runs without one: rillwright run FILE\n");
        return 1;
    }
    return rw::ui::runDesigner(argc, argv, parsed.files, parsed.runAtOnce);
}
