// The checkpoints of one lineage among those of their owner, within one transaction.
#pragma once
#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/stream/state_snapshot.h"

namespace rw {

/// All members throw SQLite::Exception. What it refers to outlives it.
class LineageRows {
 public:
    LineageRows(SQLite::Database& database, const std::string& owner, const std::string& lineage)
        : m_database(database), m_owner(owner), m_lineage(lineage) {}

    /// The checkpoint of that number; 0: there is none.
    std::int64_t idOf(Epoch number) const;
    /// Those of the number that are pending; 0: none. The newest.
    std::int64_t idOfPending(Epoch number) const;
    /// The number of the newest one; 0: none.
    Epoch newest() const;
    /// Of all, the oldest first.
    std::vector<Epoch> numbers() const;
    /// A run resumes from that one: those after it are behind, and it is the newest, where it is there.
    void goOn(Epoch from);
    /// Removes those of other lineages, and of this one beyond where the run has begun, which come again, now
    /// that the checkpoint `id` of this number counts. Their parts stay. Whether there were any.
    bool removeReplaced(Epoch number, std::int64_t id);
    /// Removes the oldest beyond `keep` of those without a name.
    bool removeOldest(int keep);
    /// Removes those without a name that `where` picks of this owner: SQL over _rill_checkpoints, in which ?1
    /// is the owner and ?2 the lineage. Whether there were any. Their parts stay.
    bool removeThose(const std::string& where);

 private:
    /// Of all checkpoints of this owner.
    std::vector<std::string> lineages() const;

    SQLite::Database& m_database;
    const std::string& m_owner;
    const std::string& m_lineage;
};

}  // namespace rw
