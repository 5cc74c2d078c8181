// The parts of checkpoints in their table: each content is there once for an owner.
#pragma once
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/stream/checkpoint_store.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// A part of the state of a node. Refers to the state that it was cut from.
struct CutPart {
    /// A file that it names.
    struct Run {
        std::string file{};       ///< empty: it names none
        std::uint64_t bytes = 0;  ///< of the state in it
        std::string name{};       ///< of that, as SavedRun has it
    };

    StateSnapshot::OperatorId operatorId{};
    int instance = 0;
    std::string_view content{};
    std::string hash{};  ///< contentHash()
    /// Of one that the table has had (CheckpointStore::add()): no content then.
    std::uint64_t addedBytes = 0;
    Run run{};

    bool isAdded() const { return addedBytes > 0; }
    bool namesRun() const { return !run.file.empty(); }
    std::uint64_t bytes() const { return (isAdded() ? addedBytes : content.size()) + run.bytes; }
};

/// Within one transaction. All members throw SQLite::Exception.
class PartTable {
 public:
    /// `doubt`: stored parts may be damaged, and are checked before they are used.
    PartTable(SQLite::Database& database, const std::string& owner, bool doubt);
    /// The number of the part, which is put into the table where it is missing or damaged; `size` tells that
    /// its bytes were written then.
    std::int64_t numberOf(const CutPart& part, CheckpointSize& size);
    /// The number of a part that the table has; nothing: it does not.
    std::optional<std::int64_t> numberOf(const std::string& hash);

 private:
    SQLite::Database& m_database;
    const bool m_doubt;
    SQLite::Statement m_find, m_add, m_mend;
};

}  // namespace rw
