#include "core/look/look_turn.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace rw {

namespace {

constexpr std::chrono::milliseconds kPause{10};
constexpr int kNice = 10;

struct Turns {
    std::mutex mutex;  ///< guards `taken`
    std::condition_variable given;
    int taken = 0;
};

/// Those of the whole program.
Turns& turns() {
    static Turns all;
    return all;
}

}  // namespace

LookTurn::LookTurn(const std::function<bool()>& stops) {
    Turns& all = turns();
    std::unique_lock lock(all.mutex);
    while (all.taken >= kAtOnce) {
        lock.unlock();
        const bool stopped = stops();
        lock.lock();
        if (stopped) return;
        all.given.wait_for(lock, kPause, [&] { return all.taken < kAtOnce; });
    }
    ++all.taken;
    m_has = true;
}

LookTurn::~LookTurn() {
    if (!m_has) return;
    Turns& all = turns();
    {
        const std::lock_guard lock(all.mutex);
        --all.taken;
    }
    all.given.notify_one();
}

void atLowPriority(const std::function<void()>& work) {
    // A thread of its own: one that was made to give way can't be made as it was before without rights.
    std::thread thread([&work] {
        (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
        work();
    });
    thread.join();
}

}  // namespace rw
