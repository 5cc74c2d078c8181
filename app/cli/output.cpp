#include "app/cli/output.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace rw::cli {

Status writeOut(const std::string& text, Text fix) {
    errno = 0;
    const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (std::fflush(stdout) == 0 && whole) return {};
    return {ErrorCode::Io,
            RW_TEXT("deploy", "Standard output could not be written: %1.")
                .with(std::generic_category().message(errno)),
            std::move(fix)};
}

}  // namespace rw::cli
