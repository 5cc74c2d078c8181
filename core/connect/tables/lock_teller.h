// Tells that a reader is held up by the locks of others.
#pragma once
#include "core/connect/databases/lock_watch.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

/// Single-threaded, of a reader whose statements may wait: a call of it is between begin() and end().
class LockTeller {
 public:
    void begin(ReadOutput& out);
    /// As LockWatch has it; what it finds is told.
    void look(const DatabaseClient& client);
    /// Whether it was told: the source is live again.
    bool end();

 private:
    LockWatch m_watch{};
    ReadOutput* m_out = nullptr;  ///< of the call
    std::optional<Text> m_told{};
};

}  // namespace rw
