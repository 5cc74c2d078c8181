#include "app/cli/signal_flag.h"

#include <chrono>

#include "app/cli/signals.h"

namespace rw::cli {

namespace {

constexpr auto kLookForSignals = std::chrono::milliseconds(50);

}  // namespace

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
