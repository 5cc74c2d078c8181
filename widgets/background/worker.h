// Work in its order on a thread of its own, which can be left behind: a disk, or the far end of a network,
// that does not answer may block a thread that looks at files for ever.
#pragma once
#include <functional>
#include <memory>

namespace rw::ui {

/// To be used by one thread.
class Worker {
 public:
    Worker();
    /// Does not wait: work under way goes on to its end, or to that of the program.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Runs `work` after all work started before.
    void start(std::function<void()> work);
    /// Work under way keeps its thread, and work that waits behind it goes on waiting there; work that is
    /// started from now on has a fresh one.
    void abandon();
    /// Waits until nothing is under way, left or not, but at most so long; whether that is so.
    bool wait(int millis) const;

 private:
    struct Threads;
    struct Line;
    static void run(Threads& threads, Line& line);

    const std::shared_ptr<Threads> m_threads;
    std::shared_ptr<Line> m_line;
};

}  // namespace rw::ui
