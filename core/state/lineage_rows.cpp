#include "core/state/lineage_rows.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>

#include "core/connect/sqlite/epoch_rows.h"
#include "core/state/checkpoint_tables.h"

namespace rw {

std::int64_t LineageRows::idOf(Epoch number) const {
    SQLite::Statement found(
        m_database, "SELECT max(id) FROM _rill_checkpoints WHERE owner = ?1 AND line = ?2 AND number = ?3");
    found.bind(1, m_owner);
    found.bind(2, m_lineage);
    found.bind(3, static_cast<std::int64_t>(number));
    (void)found.executeStep();
    return found.getColumn(0).getInt64();  // NULL is 0
}

std::int64_t LineageRows::idOfPending(Epoch number) const {
    SQLite::Statement found(m_database,
                            "SELECT max(id) FROM _rill_checkpoints WHERE owner = ?1 AND line = ?2 AND number "
                            "= ?3 AND behind = 0 AND pending = 1");
    found.bind(1, m_owner);
    found.bind(2, m_lineage);
    found.bind(3, static_cast<std::int64_t>(number));
    (void)found.executeStep();
    return found.getColumn(0).getInt64();  // NULL is 0
}

Epoch LineageRows::newest() const {
    SQLite::Statement found(m_database,
                            "SELECT ifnull(max(number), 0) FROM _rill_checkpoints WHERE owner = ? AND "
                            "line = ? AND behind = 0");
    found.bind(1, m_owner);
    found.bind(2, m_lineage);
    (void)found.executeStep();
    return static_cast<Epoch>(found.getColumn(0).getInt64());
}

void LineageRows::goOn(Epoch number) {
    std::vector<std::int64_t> behind;
    {
        SQLite::Statement later(m_database,
                                "SELECT id FROM _rill_checkpoints WHERE owner = ?1 AND line = ?2 AND number "
                                "> ?3 AND behind = 0");
        later.bind(1, m_owner);
        later.bind(2, m_lineage);
        later.bind(3, static_cast<std::int64_t>(number));
        while (later.executeStep()) behind.push_back(later.getColumn(0).getInt64());
    }
    for (const std::int64_t id : behind) setBehind(m_database, id);
    const std::int64_t from = idOf(number);
    if (from == 0) return;
    SQLite::Statement newest(m_database,
                             "SELECT max(id) FROM _rill_checkpoints WHERE owner = ? AND behind = 0");
    newest.bind(1, m_owner);
    (void)newest.executeStep();
    // One that is before those of another lineage becomes the newest.
    if (newest.getColumn(0).getInt64() != from) copyCheckpoint(m_database, from);
}

bool LineageRows::removeReplaced(Epoch number, std::int64_t id) {
    const std::vector<std::string> before = lineages();
    const bool removed =
        removeThose("id <> " + std::to_string(id) +
                    " AND (line <> ?2 OR behind = 1 OR number >= " + std::to_string(number) + ")");
    const std::vector<std::string> left = lineages();
    for (const std::string& lineage : before) {
        const bool gone = std::find(left.begin(), left.end(), lineage) == left.end();
        if (gone && lineage != m_lineage) EpochRows::forgetLineage(m_database, lineage);
    }
    return removed;
}

bool LineageRows::removeOldest(int keep) {
    const std::string kept = std::to_string(std::max(keep, 1));
    return removeThose(
        "line = ?2 AND id NOT IN (SELECT id FROM _rill_checkpoints WHERE owner = ?1 AND name IS NULL ORDER "
        "BY id DESC LIMIT " +
        kept + ")");
}

std::vector<std::string> LineageRows::lineages() const {
    SQLite::Statement found(m_database, "SELECT DISTINCT line FROM _rill_checkpoints WHERE owner = ?");
    found.bind(1, m_owner);
    std::vector<std::string> lineages;
    while (found.executeStep()) lineages.push_back(found.getColumn(0).getString());
    return lineages;
}

std::vector<Epoch> LineageRows::numbers() const {
    SQLite::Statement found(m_database,
                            "SELECT DISTINCT number FROM _rill_checkpoints WHERE owner = ?1 AND line = ?2 "
                            "ORDER BY number");
    found.bind(1, m_owner);
    found.bind(2, m_lineage);
    std::vector<Epoch> numbers;
    while (found.executeStep()) numbers.push_back(static_cast<Epoch>(found.getColumn(0).getInt64()));
    return numbers;
}

bool LineageRows::removeThose(const std::string& where) {
    std::vector<std::int64_t> ids;
    {
        SQLite::Statement found(
            m_database,
            "SELECT id FROM _rill_checkpoints WHERE owner = ?1 AND name IS NULL AND (" + where + ")");
        found.bind(1, m_owner);
        if (found.getBindParameterCount() > 1) found.bind(2, m_lineage);
        while (found.executeStep()) ids.push_back(found.getColumn(0).getInt64());
    }
    for (const std::int64_t id : ids) removeCheckpoint(m_database, id);
    return !ids.empty();
}

}  // namespace rw
