#include "widgets/background/worker.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace rw::ui {

struct Worker::Threads {
    std::mutex mutex{};  ///< guards the lines, too
    std::condition_variable ended{};
    int running = 0;
};

struct Worker::Line {
    std::deque<std::function<void()>> waiting{};
    bool busy = false;  ///< has a thread
};

Worker::Worker() : m_threads(std::make_shared<Threads>()), m_line(std::make_shared<Line>()) {}

Worker::~Worker() = default;

void Worker::start(std::function<void()> work) {
    {
        const std::lock_guard lock(m_threads->mutex);
        m_line->waiting.push_back(std::move(work));
        if (std::exchange(m_line->busy, true)) return;
        ++m_threads->running;
    }
    std::thread([threads = m_threads, line = m_line] { run(*threads, *line); }).detach();
}

void Worker::run(Threads& threads, Line& line) {
    for (;;) {
        std::function<void()> work;
        {
            const std::lock_guard lock(threads.mutex);
            if (line.waiting.empty()) {
                line.busy = false;
                --threads.running;
                threads.ended.notify_all();
                return;
            }
            work = std::move(line.waiting.front());
            line.waiting.pop_front();
        }
        work();
    }
}

void Worker::abandon() {
    m_line = std::make_shared<Line>();
}

bool Worker::wait(int millis) const {
    std::unique_lock lock(m_threads->mutex);
    return m_threads->ended.wait_for(lock, std::chrono::milliseconds(millis),
                                     [this] { return m_threads->running == 0; });
}

}  // namespace rw::ui
