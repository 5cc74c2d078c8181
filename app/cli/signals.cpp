#include "app/cli/signals.h"

#include <atomic>
#include <csignal>

namespace rw::cli {

namespace {

std::atomic<int> interrupted{0};

void onSignal(int signal) {
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
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

int signalsSoFar() {
    return interrupted;
}

}  // namespace rw::cli
