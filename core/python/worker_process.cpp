#include "core/python/worker_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/system_calls.h"
#include "core/base/whole_file.h"
#include "core/python/interpreter.h"
#include "core/python/sandbox.h"
#include "core/python/spawner.h"
#include "core/python/worker_script.h"

namespace rw {

namespace {

constexpr std::uint32_t kMagic = 0x52574C4E;  // worker_loop.cpp
constexpr std::uint64_t kMostAnswer = std::uint64_t{512} << 20;
constexpr std::uint64_t kMostRows = std::uint64_t{1} << 24;
constexpr std::size_t kErrorsKept = 16'384;
constexpr std::size_t kTextsOfCall = 64;  ///< pieces of 4 KB that one call takes
constexpr Millis kEndsWithin = 1'000, kEndLook = 2;  ///< a process that will answer no more
constexpr std::uint64_t kOpenFiles = 256;
constexpr off_t kKeptFile = 16 << 20;  ///< a larger one is made small again

struct Header {
    std::uint32_t magic = kMagic, what = 0;
    std::uint64_t rows = 0, size = 0;
};
static_assert(sizeof(Header) == 24);

/// What a function may know of this computer: nothing of the user's variables.
std::vector<std::string> environment() {
    return {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC",
            // The lanes share the processors already.
            "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1", "NUMEXPR_NUM_THREADS=1",
            // Sets have the same order in every run, which -I would not allow.
            "PYTHONHASHSEED=0", "PYTHONNOUSERSITE=1", "PYTHONSAFEPATH=1", "PYTHONDONTWRITEBYTECODE=1",
            "PYTHONUTF8=1"};
}

Status notStarted(const std::string& python, int why) {
    if (why == ENOENT || why == ENOTDIR)
        return {ErrorCode::NotFound, RW_TEXT("python", "There is no Python interpreter “%1”.").with(python),
                RW_TEXT("python", "Install Python 3.9 or later, or choose the folder of a virtual environment.")};
    return {why == EACCES || why == EPERM ? ErrorCode::Denied : ErrorCode::Io,
            RW_TEXT("python", "The Python interpreter “%1” can't be started: %2.")
                .with(python, std::generic_category().message(why)),
            RW_TEXT("python", "See whether that is the right file, and whether you may run it.")};
}

Status noMemory(int why) {
    return {ErrorCode::Io, RW_TEXT("python", "Rows can't be handed to the Python process: %1.")
                               .with(std::generic_category().message(why))};
}

SpawnedProgram programOf(const PythonFunction& function) {
    SpawnedProgram program;
    program.path = function.python;
    program.words = {function.python, "-s", "-c", workerScript()};
    if (sandbox().works) {
        std::vector<std::string> words =
            sandboxWords(foldersOf(function.python, function.venv), function.network);
        words.insert(words.end(), program.words.begin(), program.words.end());
        program.words = std::move(words);
        program.path = programOnPath(program.words.front());
    }
    program.environment = environment();
    program.memory = function.memory;
    program.fileBytes = std::max(function.memory, kMostAnswer);
    program.openFiles = kOpenFiles;
    return program;
}

/// A pipe whose ends are closed at the end, unless they were taken.
struct Pipe {
    int read = -1, write = -1;
    ~Pipe() {
        if (read >= 0) ::close(read);
        if (write >= 0) ::close(write);
    }
    /// `calm`: a write to one that nobody reads is an error, and no signal.
    bool open(bool calm = false) {
        std::array<int, 2> ends{};
        if ((calm ? ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data())
                  : ::pipe2(ends.data(), O_CLOEXEC)) != 0)
            return false;
        read = ends[0];
        write = ends[1];
        return true;
    }
    int takeRead() {
        (void)::fcntl(read, F_SETFL, O_NONBLOCK);
        return std::exchange(read, -1);
    }
    int takeWrite() {
        (void)::fcntl(write, F_SETFL, O_NONBLOCK);
        return std::exchange(write, -1);
    }
};

void closeIt(int& fd) {
    if (fd >= 0) ::close(std::exchange(fd, -1));
}

}  // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const PythonFunction& function) {
    if (function.python.empty()) return notStarted("python3", ENOENT);
    // In a sandbox that runs, the interpreter that is not there would be an error of the sandbox.
    if (::access(function.python.c_str(), X_OK) != 0) return notStarted(function.python, errno);
    Pipe requests, answers, printed, errors;
    if (!requests.open(true) || !answers.open() || !printed.open() || !errors.open())
        return notStarted(function.python, errno);
    const FileDescriptor nothing(openFile("/dev/null", O_RDONLY | O_CLOEXEC));
    FileDescriptor data(::memfd_create("rows", MFD_CLOEXEC));
    if (!nothing.ok() || !data.ok()) return notStarted(function.python, errno);
    SpawnedProgram program = programOf(function);
    program.files = {nothing.fd(), printed.write, errors.write, requests.read, answers.write, data.fd()};
    const pid_t process = spawnWithUs(program);
    if (process < 0) return notStarted(function.python, -process);
    const int kept = ::fcntl(data.fd(), F_DUPFD_CLOEXEC, 0);
    return std::unique_ptr<WorkerProcess>(
        new WorkerProcess(process, {requests.takeWrite(), answers.takeRead(), kept, printed.takeRead(),
                                    errors.takeRead()}));
}

WorkerProcess::~WorkerProcess() {
    kill();
    reap(true);
    for (int* const fd : {&m_ends.requests, &m_ends.answers, &m_ends.data, &m_ends.printed, &m_ends.errors})
        closeIt(*fd);
}

void WorkerProcess::kill() {
    if (!m_status) (void)::kill(-m_process, SIGKILL);
}

// Until its end has been asked for, its number is not used again: the last moment to end its group.
void WorkerProcess::reap(bool wait) {
    if (m_status) return;
    siginfo_t ended{};
    const int how = WEXITED | WNOWAIT | (wait ? 0 : WNOHANG);
    const int asked =
        untilWhole([&] { return ::waitid(P_PID, static_cast<id_t>(m_process), &ended, how); });
    if (asked == 0 && ended.si_pid != m_process) return;
    (void)::kill(-m_process, SIGKILL);
    int status = SIGKILL;
    if (asked == 0) (void)untilWhole([&] { return ::waitpid(m_process, &status, 0); });
    m_status = status;
}

void WorkerProcess::reapSoon() {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + kEndsWithin;
    for (reap(false); !m_status && clock->steadyMillis() < until; reap(false)) clock->sleep(kEndLook);
    kill();
    reap(true);
}

bool WorkerProcess::ended() {
    reap(false);
    return m_status.has_value() || m_closed;
}

std::string WorkerProcess::ending() const {
    if (!m_status) return "no answer";
    // The sandbox ends with 128 and the signal that ended the interpreter.
    constexpr int kBySignal = 128;
    const int status = *m_status;
    if (WIFSIGNALED(status)) return fmt::format("signal {}", WTERMSIG(status));
    if (WEXITSTATUS(status) > kBySignal) return fmt::format("signal {}", WEXITSTATUS(status) - kBySignal);
    return fmt::format("exit status {}", WEXITSTATUS(status));
}

Status WorkerProcess::send(What what, std::size_t rows, std::string_view body) {
    // Of a large answer the memory is given back.
    if (::lseek(m_ends.data, 0, SEEK_END) > kKeptFile) (void)cutFile(m_ends.data, 0);
    for (std::size_t at = 0; at < body.size();) {
        const ssize_t put = untilWhole([&] {
            return ::pwrite(m_ends.data, body.data() + at, body.size() - at, static_cast<off_t>(at));
        });
        if (put <= 0) return noMemory(put == 0 ? ENOSPC : errno);
        at += static_cast<std::size_t>(put);
    }
    const Header header{kMagic, static_cast<std::uint32_t>(what), rows, body.size()};
    // The pipe is empty, so that it takes the header; where nobody reads it any more, that is seen as the end.
    (void)untilWhole([&] { return ::send(m_ends.requests, &header, sizeof header, MSG_NOSIGNAL); });
    return {};
}

bool WorkerProcess::readHeader() {
    const ssize_t got = ::read(m_ends.answers, m_header.data() + m_read, m_header.size() - m_read);
    if (got > 0) m_read += static_cast<std::size_t>(got);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        m_closed = true;
        closeIt(m_ends.answers);
    }
    return m_read == m_header.size();
}

Result<std::optional<WorkerProcess::Answer>> WorkerProcess::taken() {
    m_read = 0;
    Header header;
    std::memcpy(&header, m_header.data(), sizeof header);
    const Status broken(ErrorCode::Invalid,
                        RW_TEXT("python", "The Python process wrote what no answer can be."),
                        RW_TEXT("python", "The function must not write to the descriptors 3, 4 and 5."));
    const auto what = static_cast<What>(header.what);
    if (header.magic != kMagic || (what != What::Done && what != What::Failed)) return broken;
    if (header.size > kMostAnswer || header.rows > kMostRows) return broken;
    Answer answer{what, header.rows, std::string(header.size, '\0')};
    for (std::size_t at = 0; at < answer.body.size();) {
        const ssize_t got = untilWhole([&] {
            return ::pread(m_ends.data, answer.body.data() + at, answer.body.size() - at,
                           static_cast<off_t>(at));
        });
        if (got <= 0) return broken;
        at += static_cast<std::size_t>(got);
    }
    return std::optional(std::move(answer));
}

Result<std::optional<WorkerProcess::Answer>> WorkerProcess::answer(Millis within) {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    for (;;) {
        std::array<pollfd, 3> ends{
            {{m_ends.answers, POLLIN, 0}, {m_ends.printed, POLLIN, 0}, {m_ends.errors, POLLIN, 0}}};
        const auto left = std::max<std::int64_t>(until - clock->steadyMillis(), 0);
        const int some = ::poll(ends.data(), ends.size(), static_cast<int>(left));
        if (some > 0 && ends[1].revents != 0) takeText(m_ends.printed, m_printed, false);
        if (some > 0 && ends[2].revents != 0) takeText(m_ends.errors, m_errors, true);
        if (some > 0 && ends[0].revents != 0 && readHeader()) return taken();
        if (m_closed || clock->steadyMillis() >= until) break;
        if (some > 0 && ends[0].revents == 0 && ended()) break;
    }
    if (m_closed) reapSoon();
    // Its end may come before its last words are read.
    if (ended()) {
        takeText(m_ends.printed, m_printed, false);
        takeText(m_ends.errors, m_errors, true);
    }
    return std::optional<Answer>();
}

void WorkerProcess::takeText(int& from, std::string& text, bool newest) {
    std::array<char, 4'096> bytes{};
    for (std::size_t i = 0; i < kTextsOfCall && from >= 0; ++i) {
        const ssize_t got = ::read(from, bytes.data(), bytes.size());
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) return closeIt(from);
        text.append(bytes.data(), static_cast<std::size_t>(got));
        if (newest) {
            if (text.size() > kErrorsKept) text.erase(0, text.size() - kErrorsKept);
        } else if (text.size() > kMostPrinted) {
            text.resize(kMostPrinted);
        }
    }
}

std::string WorkerProcess::takePrinted() {
    takeText(m_ends.printed, m_printed, false);
    return std::exchange(m_printed, {});
}

}  // namespace rw
