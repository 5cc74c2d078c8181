#include "app/cli/signals.h"

#include <chrono>
#include <csignal>

namespace rw::cli {

namespace {

std::atomic<int> interrupted{0};

std::atomic<bool> hungUp{false};

constexpr auto kLookForSignals = std::chrono::milliseconds(50);

void onSignal(int signal) {
    // The kernel and the shell both send it when a terminal closes: nobody is impatient.
    if (signal == SIGHUP && hungUp.exchange(true)) return;
    if (++interrupted < 3) return;
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    sigaction(signal, &usual, nullptr);
    raise(signal);
}

}  // namespace

void catchSignals() {
    struct sigaction action {};
    action.sa_handler = onSignal;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    // nohup has it ignored.
    struct sigaction before {};
    if (sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    outliveFullDisks();
}

void outliveFullDisks() {
    std::signal(SIGXFSZ, SIG_IGN);
}

int signalsSoFar() {
    return interrupted;
}

SignalFlag::~SignalFlag() {
    m_done = true;
    m_thread.join();
}

void SignalFlag::watch() {
    while (!m_done) {
        if (signalsSoFar() > 0) m_flag = true;
        std::this_thread::sleep_for(kLookForSignals);
    }
}

}  // namespace rw::cli
