// Signals that end the window: its terminal closes, the session ends, somebody kills it.
#pragma once
#include <QSocketNotifier>
#include <array>
#include <functional>
#include <memory>

namespace rw::ui {

/// One at a time in a program.
class EndSignals {
 public:
    /// Calls `act` from the event loop for SIGINT, SIGTERM and SIGHUP instead of ending the process; the
    /// second of one kind ends it all the same, so `act` may raise it. SIGHUP stays ignored where it was.
    explicit EndSignals(std::function<void(int signal)> act);
    ~EndSignals();
    EndSignals(const EndSignals&) = delete;
    EndSignals& operator=(const EndSignals&) = delete;

 private:
    std::array<int, 2> m_pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> m_came{};
};

}  // namespace rw::ui
