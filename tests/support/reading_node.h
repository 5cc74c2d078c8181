// A source whose client makes its caller wait, and a world that gives its rows late, cuts it off, fails, or
// does not come back from a call as long as it hangs.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>

#include "core/pipeline/node_kind.h"

namespace rw::test {

/// The world that all reading nodes read. Any thread.
class ReadWorld {
 public:
    static ReadWorld& instance();
    /// Nothing was read, nothing acknowledged, and nothing hangs.
    void clear();
    void hang();
    void letGo();
    /// Waits while it hangs.
    void passBy();

    void acknowledge(int partition, std::int64_t next);
    /// Rows of a partition, the first, that were acknowledged.
    std::int64_t acknowledged(int partition) const;

    std::atomic<int> hanging{0};  ///< calls that wait with it
    std::atomic<int> readers{0};  ///< that there are
    std::atomic<int> calls{0};    ///< of read()
    std::atomic<std::int64_t> pieces{0}, given{0};
    std::atomic<std::int64_t> most{0};  ///< pieces that were read ahead of those given

 private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_hangs = false;
    std::map<int, std::int64_t> m_acknowledged;
};

/// “reads_outside”: numbers from 0 on, with `n BIGINT` and a second of event time each (`ts`). Parameters:
/// - `rows`: so many; they are in pieces of 5;
/// - `partitions`: so many, of which each has every so many-th number; 0: the source is one;
/// - `delay` ms: a piece comes after so long, at most;
/// - `cuts`: so often the connection is lost;
/// - `broken`: “error” or “throw”: a call fails so, in the middle of the rows; “acknowledge”: that fails;
/// - `hangs`: each call waits with the ReadWorld; `holds_on`: the acknowledgement of all rows
///   does;
/// - `idle_timeout` and the others of sources.
NodeKind readingKind();
Catalogue withReadingNode(const Catalogue& kinds);

}  // namespace rw::test
