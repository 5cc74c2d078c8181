// Turns at writing one SQLite file, for the sinks of this program. SQLite lets one connection write at a time
// and makes the others guess when; here they queue, so that none waits longer than the transactions before
// it.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace rw {

class SqliteTurn {
 public:
    /// The queue of the file at `path`: the same for all who name the same file while any of them keeps it.
    static std::shared_ptr<SqliteTurn> of(const std::string& path);

    void take();  ///< waits until everyone who came before has given it back
    void giveBack();
    bool wanted() const;  ///< somebody waits

 private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::uint64_t m_next = 0, m_serving = 0;
};

}  // namespace rw
