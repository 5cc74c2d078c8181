#include "app/cli/secrets/hidden_line.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>

namespace rw::cli {

namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
constexpr std::size_t kLongestLine = 4'096;  // a terminal gives no longer one

/// The end of a pipe into which the handler writes: any thread may get the signal, and the one that waits
/// must hear of it.
std::atomic<int> signalPipe{-1};

void tellSignal(int signal) {
    const int before = errno;
    const auto byte = static_cast<unsigned char>(signal);
    [[maybe_unused]] const ssize_t told = ::write(signalPipe, &byte, 1);
    errno = before;
}

/// While it lives the terminal shows nothing of what is typed, and signals only tell that they came.
class HiddenTyping {
 public:
    HiddenTyping() {
        if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0 || ::tcgetattr(STDIN_FILENO, &m_before) != 0)
            return;
        signalPipe = m_pipe[1];
        struct sigaction action {};
        action.sa_handler = tellSignal;
        for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &action, &m_handlers[i]);
        m_caught = true;
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL);
        m_hidden = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~HiddenTyping() {
        if (m_hidden) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        if (m_caught) {
            for (std::size_t i = 0; i < kSignals.size(); ++i)
                ::sigaction(kSignals[i], &m_handlers[i], nullptr);
        }
        signalPipe = -1;
        for (const int end : m_pipe) {
            if (end >= 0) ::close(end);
        }
    }
    HiddenTyping(const HiddenTyping&) = delete;
    HiddenTyping& operator=(const HiddenTyping&) = delete;

    bool isHidden() const { return m_hidden; }

    /// The next byte; -1: the input ended, or a signal came.
    int next() {
        std::array<pollfd, 2> ready{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{m_pipe[0], POLLIN, 0}};
        while (::poll(ready.data(), ready.size(), -1) < 0) {
            if (errno != EINTR) return -1;
        }
        unsigned char byte = 0;
        if (ready[1].revents != 0 && ::read(m_pipe[0], &byte, 1) == 1) {
            m_signal = byte;
            return -1;
        }
        for (;;) {
            const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
            if (count == 1) return byte;
            if (count == 0 || errno != EINTR) return -1;
        }
    }
    int signal() const { return m_signal; }  ///< 0: none came

 private:
    std::array<int, 2> m_pipe{-1, -1};
    termios m_before{};
    std::array<struct sigaction, kSignals.size()> m_handlers{};
    bool m_caught = false, m_hidden = false;
    int m_signal = 0;
};

/// Appends the line to `line`. A signal that came instead.
int askOnce(const std::string& prompt, std::string& line, bool& ended) {
    HiddenTyping typing;  // before the prompt: what is typed at once is hidden, too
    ended = !typing.isHidden();
    std::fputs(prompt.c_str(), stderr);
    std::fflush(stderr);
    while (!ended) {
        const int byte = typing.next();
        if (byte < 0 && typing.signal() != 0) return typing.signal();
        ended = byte < 0;
        if (byte < 0 || byte == '\n') break;
        if (line.size() < kLongestLine) line.push_back(static_cast<char>(byte));
    }
    return 0;
}

}  // namespace

bool isAttended() {
    return ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0 &&
           ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
}

std::optional<Secret> readHiddenLine(const std::string& prompt) {
    std::string line;
    line.reserve(kLongestLine);  // a line that grew would leave copies behind
    for (;;) {
        bool ended = false;
        const int signal = askOnce(prompt, line, ended);
        std::fputc('\n', stderr);
        if (signal == 0) {
            const bool none = ended && line.empty();
            Secret secret(line);
            wipe(line);
            return none ? std::nullopt : std::optional(secret);
        }
        wipe(line);
        line.reserve(kLongestLine);
        ::raise(signal);
        if (signal != SIGTSTP) return std::nullopt;  // somebody else catches it
    }
}

}  // namespace rw::cli
