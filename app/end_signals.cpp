#include "app/end_signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <utility>

namespace rw::ui {

namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

/// Where the handler writes, which may call almost nothing.
std::atomic<int> told{-1};

void onSignal(int signal) {
    const int before = errno;
    const auto byte = static_cast<unsigned char>(signal);
    [[maybe_unused]] const ssize_t written = ::write(told, &byte, 1);
    errno = before;
}

}  // namespace

EndSignals::EndSignals(std::function<void(int signal)> act) {
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
    m_came = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    QObject::connect(m_came.get(), &QSocketNotifier::activated, m_came.get(),
                     [in = m_pipe[0], act = std::move(act)] {
                         unsigned char signal = 0;
                         if (::read(in, &signal, 1) == 1) act(signal);
                     });
    told = m_pipe[1];
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    for (const int signal : kSignals) {
        struct sigaction before {};
        const bool known = ::sigaction(signal, nullptr, &before) == 0;
        if (known && before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
    }
}

EndSignals::~EndSignals() {
    for (const int signal : kSignals) {
        struct sigaction now {};
        if (::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == onSignal)
            std::signal(signal, SIG_DFL);
    }
    told = -1;
    m_came.reset();
    for (const int end : m_pipe) {
        if (end >= 0) ::close(end);
    }
}

}  // namespace rw::ui
