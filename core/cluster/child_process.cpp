#include "core/cluster/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

extern char** environ;

namespace rw {

namespace {

constexpr std::size_t kLongestLine = std::size_t{16} << 20;
constexpr std::size_t kErrorsKept = 8 * 1024;
constexpr Millis kClosedPause = 50;

struct Pipe {
    int read = -1, write = -1;
    ~Pipe() {
        if (read >= 0) ::close(read);
        if (write >= 0) ::close(write);
    }
    bool open() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
        read = ends[0];
        write = ends[1];
        return ::fcntl(read, F_SETFL, O_NONBLOCK) == 0;
    }
    int takeRead() { return std::exchange(read, -1); }
};

/// What posix_spawn() is told, let go of at the end.
struct Spawning {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
    Spawning() {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    ~Spawning() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    Spawning(const Spawning&) = delete;
    Spawning& operator=(const Spawning&) = delete;
};

Status notStarted(const std::string& program, int why) {
    if (why == ENOENT || why == ENOTDIR)
        return {ErrorCode::NotFound, RW_TEXT("cluster", "There is no program “%1”.").with(program),
                RW_TEXT("cluster", "Install it, or write the whole path of where it is.")};
    return {
        ErrorCode::Io,
        RW_TEXT("cluster", "“%1” can't be started: %2.").with(program, std::generic_category().message(why)),
        RW_TEXT("cluster", "See whether that is the right file, and whether you may run it.")};
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::vector<std::string>& words) {
    Pipe out, errors;
    if (!out.open() || !errors.open()) return notStarted(words.front(), errno);
    Spawning how;
    posix_spawn_file_actions_addopen(&how.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&how.files, out.write, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&how.files, errors.write, STDERR_FILENO);
    // What we ignore, as a broken pipe, it would ignore, too.
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&how.attributes, &all);
    posix_spawnattr_setsigmask(&how.attributes, &none);
    posix_spawnattr_setpgroup(&how.attributes, 0);
    posix_spawnattr_setflags(&how.attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    std::vector<std::string> kept = words;
    std::vector<char*> arguments;
    for (std::string& word : kept) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t process = 0;
    const int why = ::posix_spawnp(&process, words.front().c_str(), &how.files, &how.attributes,
                                   arguments.data(), environ);
    if (why != 0) return notStarted(words.front(), why);
    return std::unique_ptr<ChildProcess>(new ChildProcess(process, out.takeRead(), errors.takeRead()));
}

ChildProcess::~ChildProcess() {
    kill();
    if (!m_exit) (void)::waitpid(m_process, nullptr, 0);
    if (m_out >= 0) ::close(m_out);
    if (m_err >= 0) ::close(m_err);
}

void ChildProcess::terminate() {
    if (!exitStatus()) (void)::kill(-m_process, SIGTERM);
}

// Also those of its group that it left behind.
void ChildProcess::kill() {
    (void)::kill(-m_process, SIGKILL);
}

std::optional<int> ChildProcess::exitStatus() {
    int status = 0;
    if (!m_exit && ::waitpid(m_process, &status, WNOHANG) == m_process)
        m_exit = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return m_exit;
}

void ChildProcess::wait(Millis within) {
    std::array<pollfd, 2> ends{{{m_out, POLLIN, 0}, {m_err, POLLIN, 0}}};  // -1 is passed over
    if (::poll(ends.data(), ends.size(), static_cast<int>(within)) <= 0) return;
    if (ends[0].revents != 0) takeOutput();
    if (ends[1].revents != 0) takeErrors();
}

void ChildProcess::takeOutput() {
    std::array<char, 64 * 1024> bytes{};
    const ssize_t got = ::read(m_out, bytes.data(), bytes.size());
    if (got > 0) {
        m_lines.append(bytes.data(), static_cast<std::size_t>(got));
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        ::close(std::exchange(m_out, -1));
    }
}

void ChildProcess::takeErrors() {
    std::array<char, 4 * 1024> bytes{};
    const ssize_t got = ::read(m_err, bytes.data(), bytes.size());
    if (got > 0) {
        m_errors.append(bytes.data(), static_cast<std::size_t>(got));
        if (m_errors.size() > kErrorsKept) m_errors.erase(0, m_errors.size() - kErrorsKept);
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        ::close(std::exchange(m_err, -1));
    }
}

std::optional<std::string> ChildProcess::line(Millis within) {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    for (;;) {
        const std::size_t end = m_lines.find('\n', m_searched);
        if (end != std::string::npos || (m_out < 0 && !m_lines.empty())) {
            std::string found = m_lines.substr(0, end);
            m_lines.erase(0, end == std::string::npos ? end : end + 1);
            m_searched = 0;
            return found;
        }
        if (m_lines.size() > kLongestLine) m_lines.resize(kLongestLine);
        m_searched = m_lines.size();
        const std::int64_t left = until - clock->steadyMillis();
        if (left < 0) return std::nullopt;
        if (m_out < 0 && m_err < 0) {  // nothing will come: whoever asks again need not do so at once
            clock->sleep(std::min(left, kClosedPause));
            return std::nullopt;
        }
        wait(left);
        if (m_out < 0 && m_lines.empty()) return std::nullopt;
    }
}

}  // namespace rw
