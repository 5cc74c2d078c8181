#include "app/cli/parse.h"
#include "app/designer.h"

int main(int argc, char** argv) {
    const rw::cli::Parsed parsed = rw::cli::parseAndRun(argc, argv);
    if (!parsed.designer) return parsed.status;
    return rw::ui::runDesigner(argc, argv, parsed.file, parsed.runAtOnce);
}
