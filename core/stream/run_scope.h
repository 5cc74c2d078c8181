// Objects that nodes of one run share, such as a connection to a database that several of them write.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace rw {

/// Safe from any thread.
class RunScope {
 public:
    /// The object called `name` in this run, made by `make` for the first caller. It lives as long as one of the
    /// callers keeps it. A name belongs to one type: begin it with a word for that.
    template <class T, class Make>
    std::shared_ptr<T> shared(const std::string& name, Make&& make) {
        const std::lock_guard hold(m_mutex);
        std::weak_ptr<void>& known = m_things[name];
        std::shared_ptr<void> thing = known.lock();
        if (!thing) known = thing = std::shared_ptr<T>(make());
        return std::static_pointer_cast<T>(thing);
    }

 private:
    std::mutex m_mutex;
    std::map<std::string, std::weak_ptr<void>> m_things;
};

}  // namespace rw
