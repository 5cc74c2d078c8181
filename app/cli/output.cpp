#include "app/cli/output.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "app/cli/load.h"

namespace rw::cli {

namespace {

/// `why`: an errno; 0: it was another call's.
Status unwritten(int why, Text fix) {
    Text message = why == 0 ? RW_TEXT("cli", "Standard output could not be written.")
                            : RW_TEXT("deploy", "Standard output could not be written: %1.")
                                  .with(std::generic_category().message(why));
    return {ErrorCode::Io, std::move(message), std::move(fix)};
}

}  // namespace

Status writeOut(const std::string& text, Text fix) {
    errno = 0;
    const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (std::fflush(stdout) == 0 && whole) return {};
    return unwritten(errno, std::move(fix));
}

int printedWhole(int status) {
    errno = 0;
    if ((std::fflush(stdout) == 0 && std::ferror(stdout) == 0) || status != 0) return status;
    printMessage("error", english(unwritten(errno, RW_TEXT("cli", "Send it elsewhere.")).error()));
    return 1;
}

}  // namespace rw::cli
