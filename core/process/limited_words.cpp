#include "core/process/limited_words.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>

namespace rw {

namespace {

constexpr const char* kUsualPath = "/usr/local/bin:/usr/bin:/bin";

/// Commands of a shell that set the limits. A lower limit stays, since it can't be raised.
std::string limitingWords(const ProgramLimits& limits) {
    std::string words;
    const auto limit = [&words](char which, std::uint64_t value) {
        words += fmt::format("ulimit -{} {} 2>/dev/null; ", which, value);
    };
    if (limits.memory) limit('v', (*limits.memory + 1'023) / 1'024);
    if (limits.openFiles) limit('n', *limits.openFiles);
    if (limits.processorTime) limit('t', static_cast<std::uint64_t>((*limits.processorTime + 999) / 1'000));
    if (limits.fileBytes) limit('f', (*limits.fileBytes + 511) / 512);  // the blocks of POSIX
    if (!limits.coreDumps) limit('c', 0);
    return words;
}

/// As posix_spawnp() finds it: the shell would only say by its status that there is none.
int findProgram(const std::string& word, std::string& path) {
    if (word.find('/') != std::string::npos) {
        path = word;
        return ::access(path.c_str(), X_OK) == 0 ? 0 : errno;
    }
    const char* variable = std::getenv("PATH");
    std::string_view folders = variable != nullptr ? variable : kUsualPath;
    int why = ENOENT;
    for (;;) {
        const std::string_view folder = folders.substr(0, folders.find(':'));
        path = folder.empty() ? "./" + word : fmt::format("{}/{}", folder, word);
        if (::access(path.c_str(), X_OK) == 0) return 0;
        if (errno == EACCES) why = EACCES;
        if (folder.size() == folders.size()) return why;
        folders.remove_prefix(folder.size() + 1);
    }
}

}  // namespace

int limitedWords(const ChildProgram& program, std::vector<std::string>& words) {
    words = program.words;
    const std::string limits = limitingWords(program.limits);
    if (limits.empty()) return 0;
    const int why = findProgram(program.words.front(), words.front());
    if (why != 0) return why;
    words.insert(words.begin(), {"/bin/sh", "-c", limits + "exec \"$@\"", "limited"});
    return 0;
}

}  // namespace rw
