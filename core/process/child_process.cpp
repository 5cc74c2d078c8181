#include "core/process/child_process.h"

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

#include "core/process/limited_words.h"

namespace rw {

namespace {

constexpr std::size_t kLongestLine = std::size_t{16} << 20;
constexpr std::size_t kErrorsKept = 32 * 1024;
constexpr Millis kClosedPause = 50;
/// The descriptor that is kept open: the first behind the three that every program has.
constexpr int kHeldPlace = 3;
/// Reads until we are gone, for whatever reason: no other process would then end the group $1.
constexpr const char* kGuardWords =
    "trap '' HUP INT TERM; read -r word; kill -s TERM -- \"-$1\" || exit 0; seconds=0; "
    "while [ $seconds -lt 15 ] && kill -s 0 -- \"-$1\"; do sleep 1; seconds=$((seconds + 1)); done; "
    "kill -s KILL -- \"-$1\"";

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

/// The arguments of posix_spawn(), freed at the end: a group of its own, and the signals of a program of a
/// shell. A signal that we ignore, as for a broken pipe, it would else ignore, too.
struct Spawning {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
    Spawning() {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
        sigset_t all, none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes,
                                 POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    ~Spawning() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    Spawning(const Spawning&) = delete;
    Spawning& operator=(const Spawning&) = delete;

    /// 0, or an errno.
    int start(std::vector<std::string> words, std::vector<std::string> environment, pid_t& process) {
        const std::vector<char*> arguments = pointersTo(words), variables = pointersTo(environment);
        return ::posix_spawnp(&process, words.front().c_str(), &files, &attributes, arguments.data(),
                              variables.data());
    }

 private:
    static std::vector<char*> pointersTo(std::vector<std::string>& texts) {
        std::vector<char*> pointers;
        for (std::string& text : texts) pointers.push_back(text.data());
        pointers.push_back(nullptr);
        return pointers;
    }
};

Status notStarted(const std::string& program, int why) {
    if (why == ENOENT || why == ENOTDIR)
        return {ErrorCode::NotFound, RW_TEXT("process", "There is no program “%1”.").with(program),
                RW_TEXT("process", "Install it, or write the whole path of where it is.")};
    return {
        why == EACCES || why == EPERM ? ErrorCode::Denied : ErrorCode::Io,
        RW_TEXT("process", "“%1” can't be started: %2.").with(program, std::generic_category().message(why)),
        RW_TEXT("process", "See whether that is the right file, and whether you may run it.")};
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const ChildProgram& program) {
    Pipe out, errors;
    if (!out.open() || !errors.open()) return notStarted(program.words.front(), errno);
    Spawning how;
    posix_spawn_file_actions_addopen(&how.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&how.files, out.write, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&how.files, errors.write, STDERR_FILENO);
    // The last one: a pipe may lie in that place. Onto itself it becomes one that a program keeps.
    if (program.held >= 0) posix_spawn_file_actions_adddup2(&how.files, program.held, kHeldPlace);
    pid_t process = 0;
    std::vector<std::string> words;
    int why = limitedWords(program, words);
    if (why == 0) why = how.start(std::move(words), program.environment, process);
    if (why != 0) return notStarted(program.words.front(), why);
    std::unique_ptr<ChildProcess> child(new ChildProcess(process, out.takeRead(), errors.takeRead()));
    child->startGuard(program.environment);
    return child;
}

// Without it a program that is killed leaves its children behind, as all programs do: no reason not to run.
void ChildProcess::startGuard(const std::vector<std::string>& environment) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
    Spawning how;
    posix_spawn_file_actions_adddup2(&how.files, ends[0], STDIN_FILENO);
    for (const int output : {STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&how.files, output, "/dev/null", O_WRONLY, 0);
    const int why =
        how.start({"/bin/sh", "-c", kGuardWords, "guard", std::to_string(m_process)}, environment, m_guard);
    ::close(ends[0]);
    m_guardEnd = ends[1];
    if (why != 0) m_guard = 0;
}

// Killed before its input ends: it would end a group whose number may be another's by then.
void ChildProcess::endGuard() {
    if (m_guard > 0) {
        (void)::kill(m_guard, SIGKILL);
        (void)::waitpid(m_guard, nullptr, 0);
        m_guard = 0;
    }
    if (m_guardEnd >= 0) ::close(std::exchange(m_guardEnd, -1));
}

ChildProcess::~ChildProcess() {
    if (!m_exit) reap();
    if (m_out >= 0) ::close(m_out);
    if (m_err >= 0) ::close(m_err);
}

void ChildProcess::terminate() {
    if (!exitStatus()) (void)::kill(-m_process, SIGTERM);
}

void ChildProcess::kill() {
    if (!exitStatus()) (void)::kill(-m_process, SIGKILL);
}

// Until its end has been asked for, its number is not used again: the last moment to end its group.
void ChildProcess::reap() {
    (void)::kill(-m_process, SIGKILL);
    endGuard();
    int status = 0;
    pid_t ended = 0;
    do {
        ended = ::waitpid(m_process, &status, 0);
    } while (ended < 0 && errno == EINTR);
    if (ended != m_process) status = SIGKILL;  // its end was asked for elsewhere: it is gone
    m_exit = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::optional<int> ChildProcess::exitStatus() {
    if (m_exit) return m_exit;
    siginfo_t ended{};
    const int asked = ::waitid(P_PID, static_cast<id_t>(m_process), &ended, WEXITED | WNOHANG | WNOWAIT);
    if (asked == 0 && ended.si_pid == m_process) reap();
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
        if (m_out < 0 && m_err < 0) {  // nothing will come: asking again at once is of no use
            clock->sleep(std::min(left, kClosedPause));
            return std::nullopt;
        }
        wait(left);
        if (m_out < 0 && m_lines.empty()) return std::nullopt;
    }
}

}  // namespace rw
