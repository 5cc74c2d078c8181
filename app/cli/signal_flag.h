// Signals as a flag, for what runs until it is done and looks whether it is cancelled.
#pragma once
#include <atomic>
#include <thread>

namespace rw::cli {

/// Sets a flag once a signal came; after catchSignals().
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
