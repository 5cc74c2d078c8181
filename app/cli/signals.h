// SIGINT, SIGTERM and SIGHUP of commands that end in order.
#pragma once
#include <atomic>
#include <thread>

namespace rw::cli {

/// Counts them from now on instead of ending the process; the third one ends it all the same. SIGHUP counts
/// once, and not at all where it was ignored before. A reader of our output that went away and a limit on the
/// size of files become failures of a write like any other.
void catchSignals();
/// A limit on the size of files becomes a failure of a write like any other. For those who write before
/// catchSignals().
void outliveFullDisks();
/// How many came.
int signalsSoFar();

/// Sets a flag once a signal came, for what looks whether it is cancelled; after catchSignals().
class SignalFlag {
 public:
    SignalFlag() : m_thread([this] { watch(); }) {}
    ~SignalFlag();
    SignalFlag(const SignalFlag&) = delete;
    SignalFlag& operator=(const SignalFlag&) = delete;
    const std::atomic<bool>* flag() const { return &m_flag; }

 private:
    void watch();
    std::atomic<bool> m_flag{false}, m_done{false};
    std::thread m_thread;
};

}  // namespace rw::cli
