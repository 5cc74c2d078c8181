#include "tests/bench/child_run.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace rw::bench {

std::string builtProgram() {
    if (const char* program = std::getenv("RILLWRIGHT_PROGRAM")) return program;
    fmt::print(stderr, "RILLWRIGHT_PROGRAM must name the built program\n");
    std::exit(2);
}

std::string textOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

testing::ChildEnd runOrEnd(const std::vector<std::string>& words, const std::filesystem::path& folder,
                           const std::filesystem::path& log) {
    std::filesystem::remove(log);
    const testing::ChildEnd end = testing::runChild(words, folder, log);
    if (end.exitStatus == 0) return end;
    fmt::print(stderr, "{} failed:\n{}", fmt::join(words, " "), textOf(log));
    std::exit(1);
}

}  // namespace rw::bench
