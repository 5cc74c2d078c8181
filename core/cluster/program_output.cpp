#include "core/cluster/program_output.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "core/base/readable.h"

namespace rw {

namespace {

constexpr std::size_t kMostOutput = std::size_t{1} << 20;
constexpr std::int64_t kChildLookMillis = 50;

/// Both ends of a pipe; closed at the end.
struct ChildPipe {
    ChildPipe() {
        if (::pipe2(ends, O_CLOEXEC) != 0) ends[0] = ends[1] = -1;
    }
    ~ChildPipe() {
        closeWriting();
        if (ends[0] >= 0) ::close(ends[0]);
    }
    ChildPipe(const ChildPipe&) = delete;
    ChildPipe& operator=(const ChildPipe&) = delete;

    void closeWriting() {
        if (ends[1] >= 0) ::close(ends[1]);
        ends[1] = -1;
    }
    int ends[2] = {-1, -1};
};

/// A process with a group of its own; what still runs at the end is killed.
class ChildProcess {
 public:
    ChildProcess() = default;
    ~ChildProcess() {
        if (m_pid <= 0) return;
        ::kill(-m_pid, SIGKILL);
        static_cast<void>(ended(0));
    }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// 0, or the errno of why not.
    int start(std::vector<std::string> words, int output) {
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
        ::posix_spawnattr_init(&attributes);
        sigset_t none, standard;
        sigemptyset(&none);
        sigemptyset(&standard);
        sigaddset(&standard, SIGPIPE);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &standard);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        constexpr int kFlags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
        ::posix_spawnattr_setflags(&attributes, static_cast<short>(kFlags));
        pid_t pid = 0;
        const int why =
            ::posix_spawnp(&pid, arguments.front(), &actions, &attributes, arguments.data(), environ);
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&actions);
        if (why == 0) m_pid = pid;
        return why;
    }
    /// Whether it has ended; `options` as of waitpid().
    bool ended(int options) {
        int how = 0;
        pid_t found = 0;
        do {
            found = ::waitpid(m_pid, &how, options);
        } while (found < 0 && errno == EINTR);
        if (found == 0) return false;
        m_pid = 0;
        m_status = found > 0 && WIFEXITED(how) ? WEXITSTATUS(how) : -1;
        return true;
    }
    int status() const { return m_status; }

 private:
    pid_t m_pid = 0;
    int m_status = -1;
};

/// Takes what is there; false at the end of the pipe.
bool takeOutput(int fd, std::string& text, std::int64_t wait) {
    pollfd look{fd, POLLIN, 0};
    if (::poll(&look, 1, static_cast<int>(wait)) <= 0) return true;
    char bytes[4096];
    const ssize_t count = ::read(fd, bytes, sizeof bytes);
    if (count < 0) return errno == EINTR;
    const auto size = static_cast<std::size_t>(count);
    text.append(bytes, std::min(size, kMostOutput - text.size()));
    return count > 0;
}

Status notStarted(const std::string& program, int why) {
    if (why == ENOENT || why == ENOTDIR)
        return {ErrorCode::NotFound, RW_TEXT("cluster", "There is no program “%1”.").with(program),
                RW_TEXT("cluster", "Install it, or write the whole path of where it is.")};
    return {ErrorCode::Io, RW_TEXT("cluster", "“%1” can't be started: %2.").with(program, std::strerror(why)),
            RW_TEXT("cluster", "See whether that is the right file, and whether you may run it.")};
}

}  // namespace

Result<ProgramOutput> runProgram(const std::vector<std::string>& words, Millis within,
                                 const std::atomic<bool>* cancelled) {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    ChildPipe pipe;
    if (pipe.ends[0] < 0) return notStarted(words.front(), errno);
    ChildProcess child;
    if (const int why = child.start(words, pipe.ends[1]); why != 0) return notStarted(words.front(), why);
    pipe.closeWriting();
    ProgramOutput said;
    bool open = true;
    for (;;) {
        if (open) {
            open = takeOutput(pipe.ends[0], said.text, kChildLookMillis);
        } else {
            clock->sleep(kChildLookMillis);
        }
        // What it started may keep the pipe open for ever: its own end counts.
        if (child.ended(WNOHANG)) break;
        if (cancelled && *cancelled)
            return Status(ErrorCode::Cancelled, RW_TEXT("cluster", "The request was cancelled."));
        if (clock->steadyMillis() >= until)
            return Status(
                ErrorCode::Io,
                RW_TEXT("cluster", "“%1” did not end within %2.").with(words.front(), durationText(within)),
                RW_TEXT("cluster", "Try it in a terminal."));
    }
    // What it said last lies in the pipe.
    for (std::size_t before = said.text.size(); open; before = said.text.size()) {
        open = takeOutput(pipe.ends[0], said.text, 0);
        if (said.text.size() == before) break;
    }
    said.status = child.status();
    return said;
}

}  // namespace rw
