#include "core/state/part_table.h"

namespace rw {

PartTable::PartTable(SQLite::Database& database, const std::string& owner)
    : m_database(database),
      m_find(database, "SELECT id FROM _rill_checkpoint_parts WHERE owner = ? AND hash = ?"),
      m_add(database, "INSERT INTO _rill_checkpoint_parts (owner, hash, content) VALUES (?, ?, ?)") {
    m_find.bind(1, owner);
    m_add.bind(1, owner);
}

std::int64_t PartTable::numberOf(const CutPart& part, std::uint64_t& written) {
    const int hashSize = static_cast<int>(part.hash.size());
    m_find.reset();
    m_find.bind(2, part.hash.data(), hashSize);
    if (m_find.executeStep()) return m_find.getColumn(0).getInt64();
    m_add.reset();
    m_add.bind(2, part.hash.data(), hashSize);
    m_add.bindNoCopy(3, part.content.data(), static_cast<int>(part.content.size()));
    m_add.exec();
    written += part.content.size();
    return m_database.getLastInsertRowid();
}

}  // namespace rw
