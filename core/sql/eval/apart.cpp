#include "core/sql/eval/apart.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "core/sql/eval/work.h"

namespace rw::sql {

namespace {

constexpr auto kLookEvery = std::chrono::milliseconds(50);

class Apart {
 public:
    explicit Apart(std::function<void(const std::atomic<bool>&)> work) : m_work(std::move(work)) {}

    void run() {
        std::exception_ptr failure;
        try {
            m_work(m_left);
        } catch (...) {
            failure = std::current_exception();
        }
        const std::lock_guard lock(m_mutex);
        m_failure = failure;
        m_over = true;
        m_ended.notify_all();
    }

    bool wait() {
        std::unique_lock lock(m_mutex);
        while (!m_ended.wait_for(lock, kLookEvery, [this] { return m_over; })) {
            lock.unlock();
            m_left = interrupted();
            if (m_left) return false;
            lock.lock();
        }
        if (m_failure) std::rethrow_exception(m_failure);
        return true;
    }

 private:
    const std::function<void(const std::atomic<bool>&)> m_work;
    std::atomic<bool> m_left{false};
    std::mutex m_mutex;  ///< guards the members below
    std::condition_variable m_ended;
    std::exception_ptr m_failure;
    bool m_over = false;
};

}  // namespace

bool doneApart(std::function<void(const std::atomic<bool>& left)> work) {
    const auto apart = std::make_shared<Apart>(std::move(work));
    try {
        std::thread([apart] { apart->run(); }).detach();
    } catch (const std::system_error&) {
        apart->run();  // there can be no more threads
    }
    return apart->wait();
}

}  // namespace rw::sql
