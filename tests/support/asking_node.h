// A node that asks the world outside for every batch, and a world that answers late, in any order, after
// errors, never, or not as long as it hangs.
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "core/pipeline/node_kind.h"

namespace rw::test {

/// Every so many-th number is denied: its row is rejected.
inline constexpr std::int64_t kDenied = 7;

/// The world that all asking nodes ask. Any thread.
class AskedWorld {
 public:
    static AskedWorld& instance();
    /// Nothing was asked, and nothing hangs.
    void clear();
    void hang();
    void letGo();
    /// Waits while it hangs.
    void passBy();

    std::atomic<std::uint64_t> asked{0}, answered{0}, failed{0}, hanging{0};
    std::atomic<std::uint64_t> unanswered{0};  ///< whose rows had no patience any more
    std::atomic<std::uint64_t> most{0};        ///< requests out at once
    std::atomic<std::int64_t> mood{0};         ///< other numbers are denied in another one

 private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_hangs = false;
};

/// “asks_outside”: rows of an input with a column of whole numbers go on as they came; those that are denied
/// are rejected. Parameters, of a request:
/// - `delay` ms: it is answered after so long, at most;
/// - `failures`: so often it fails first, at most, and is asked again;
/// - `silent`: so often there is no answer first, and it is asked again after `patience` ms;
/// - `silence`: that answer comes after so many times `patience` all the same, too late (100);
/// - `lost`: so many of an operator are never answered; each keeps its place among those that are out;
/// - `broken`: “error” or “throw”: it fails for good, and the run with it;
/// - `hangs`: it waits with AskedWorld.
/// `gives_up`: rows are rejected when their request fails, or is not answered in time; `unordered`: they go
/// on as they are answered. Its answers go on the tape.
NodeKind askingKind();
Catalogue withAskingNode(const Catalogue& kinds);

}  // namespace rw::test
