#include "core/python/spawner.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "core/base/system_calls.h"

namespace rw {

namespace {

/// Beyond the places that the child's own descriptors take.
constexpr int kAside = 32;
constexpr std::size_t kMostFiles = 8;
constexpr int kMostOpen = 65'536;  // that are looked for where the kernel can't close all
constexpr int kCannotStart = 127;

/// A thread that starts processes, as long as the program runs. Never goes.
class Spawner {
 public:
    Spawner() : m_thread([this] { serve(); }) { m_thread.detach(); }

    pid_t run(std::function<pid_t()> start) {
        std::packaged_task<pid_t()> task(std::move(start));
        std::future<pid_t> started = task.get_future();
        {
            const std::lock_guard hold(m_mutex);
            m_tasks.push_back(std::move(task));
        }
        m_some.notify_one();
        return started.get();
    }

 private:
    void serve() {
        for (;;) {
            std::unique_lock hold(m_mutex);
            m_some.wait(hold, [this] { return !m_tasks.empty(); });
            std::packaged_task<pid_t()> task = std::move(m_tasks.front());
            m_tasks.pop_front();
            hold.unlock();
            task();
        }
    }
    std::mutex m_mutex{};
    std::condition_variable m_some{};
    std::deque<std::packaged_task<pid_t()>> m_tasks{};
    std::thread m_thread;
};

std::vector<char*> pointersTo(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

void limit(int which, std::uint64_t value) {
    rlimit now{};
    if (::getrlimit(static_cast<__rlimit_resource>(which), &now) != 0) return;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < value) value = now.rlim_max;
    now.rlim_cur = now.rlim_max = value;
    (void)::setrlimit(static_cast<__rlimit_resource>(which), &now);
}

/// Lets the call that becomes another program close all from `first` on.
void closeFrom(int first) {
    if (::close_range(static_cast<unsigned>(first), ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
    for (int fd = first; fd < kMostOpen; ++fd) (void)::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/// In the child, between fork and exec: nothing but calls that are safe there, and no memory is taken.
[[noreturn]] void become(const SpawnedProgram& program, char* const* words, char* const* variables,
                         pid_t parent, int failure) {
    const auto giveUp = [&](int why) {
        (void)!::write(failure, &why, sizeof why);
        ::_exit(kCannotStart);
    };
    (void)::setpgid(0, 0);
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) giveUp(errno);
    if (::getppid() != parent) ::_exit(kCannotStart);  // it ended before that
    sigset_t none;
    sigemptyset(&none);
    (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (int which = 1; which < NSIG; ++which) (void)::signal(which, SIG_DFL);
    // Out of the way first: one may lie where another is to go.
    std::array<int, kMostFiles> aside{};
    const std::size_t count = std::min(program.files.size(), kMostFiles);
    for (std::size_t i = 0; i < count; ++i) {
        aside[i] = ::fcntl(program.files[i], F_DUPFD_CLOEXEC, kAside);
        if (aside[i] < 0) giveUp(errno);
    }
    failure = ::fcntl(failure, F_DUPFD_CLOEXEC, kAside);
    for (std::size_t i = 0; i < count; ++i) {
        if (::dup2(aside[i], static_cast<int>(i)) < 0) giveUp(errno);
    }
    closeFrom(static_cast<int>(count));
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_AS, program.memory);
    limit(RLIMIT_FSIZE, program.fileBytes);
    limit(RLIMIT_NOFILE, program.openFiles);
    ::execve(program.path.c_str(), words, variables);
    giveUp(errno);
    ::_exit(kCannotStart);
}

pid_t forked(const SpawnedProgram& program) {
    const std::vector<char*> words = pointersTo(program.words), variables = pointersTo(program.environment);
    std::array<int, 2> failure{};
    if (::pipe2(failure.data(), O_CLOEXEC) != 0) return -errno;
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) become(program, words.data(), variables.data(), parent, failure[1]);
    ::close(failure[1]);
    int why = child < 0 ? errno : 0;
    // Closed by the call that becomes the program.
    if (child > 0 && untilWhole([&] { return ::read(failure[0], &why, sizeof why); }) > 0) {
        (void)untilWhole([&] { return ::waitpid(child, nullptr, 0); });
    }
    ::close(failure[0]);
    return why != 0 ? -why : child;
}

}  // namespace

pid_t spawnWithUs(const SpawnedProgram& program) {
    // A child that was forked without exec, as tests fork them, has no thread of its parent.
    static std::mutex mutex;
    static Spawner* spawner = nullptr;
    static pid_t owner = 0;
    Spawner* ours = nullptr;
    {
        const std::lock_guard hold(mutex);
        if (owner != ::getpid()) spawner = new Spawner;
        owner = ::getpid();
        ours = spawner;
    }
    return ours->run([&program] { return forked(program); });
}

}  // namespace rw
