#include "tests/support/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>

namespace rw::testing {

namespace fs = std::filesystem;

int startChild(std::vector<std::string> words, const fs::path& folder, const fs::path& log) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_CREAT | O_WRONLY | O_APPEND,
                                     0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int failed = posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? child : 0;
}

ChildEnd runChild(std::vector<std::string> words, const fs::path& folder, const fs::path& log) {
    ChildEnd end;
    const auto before = std::chrono::steady_clock::now();
    const pid_t child = startChild(std::move(words), folder, log);
    end.started = child > 0;
    if (!end.started) return end;
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    end.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
    const auto secondsOf = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    end.cpuSeconds = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
    end.peakMib = static_cast<double>(usage.ru_maxrss) / 1024;
    if (WIFEXITED(status)) end.exitStatus = WEXITSTATUS(status);
    return end;
}

ScratchFolder::ScratchFolder(const std::string& name) {
    std::string path = (fs::temp_directory_path() / ("rillwright_" + name + "_XXXXXX")).string();
    if (mkdtemp(path.data()) == nullptr)
        throw fs::filesystem_error("mkdtemp", path, {errno, std::generic_category()});
    m_path = path;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

}  // namespace rw::testing
