#include "core/state/part_table.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>

namespace rw {

PartTable::PartTable(SQLite::Database& database, const std::string& owner, bool doubt)
    : m_database(database),
      m_doubt(doubt),
      m_find(database, "SELECT id, content FROM _rill_checkpoint_parts WHERE owner = ? AND hash = ?"),
      m_add(database, "INSERT INTO _rill_checkpoint_parts (owner, hash, content) VALUES (?, ?, ?)"),
      m_mend(database, "UPDATE _rill_checkpoint_parts SET content = ? WHERE id = ?") {
    m_find.bind(1, owner);
    m_add.bind(1, owner);
}

std::optional<std::int64_t> PartTable::numberOf(const std::string& hash) {
    m_find.reset();
    m_find.bind(2, hash.data(), static_cast<int>(hash.size()));
    if (!m_find.executeStep()) return std::nullopt;
    return m_find.getColumn(0).getInt64();
}

std::int64_t PartTable::numberOf(const CutPart& part, CheckpointSize& size) {
    const int hashSize = static_cast<int>(part.hash.size());
    m_find.reset();
    m_find.bind(2, part.hash.data(), hashSize);
    if (m_find.executeStep()) {
        const std::int64_t number = m_find.getColumn(0).getInt64();
        if (!m_doubt) return number;
        const SQLite::Column found = m_find.getColumn(1);
        const std::string_view content(static_cast<const char*>(found.getBlob()),
                                       static_cast<std::size_t>(found.getBytes()));
        if (content == part.content) return number;
        m_find.reset();
        m_mend.reset();
        m_mend.bindNoCopy(1, part.content.data(), static_cast<int>(part.content.size()));
        m_mend.bind(2, number);
        m_mend.exec();
        size.addWritten(part.operatorId.node, part.content.size());
        return number;
    }
    m_add.reset();
    m_add.bind(2, part.hash.data(), hashSize);
    m_add.bindNoCopy(3, part.content.data(), static_cast<int>(part.content.size()));
    m_add.exec();
    size.addWritten(part.operatorId.node, part.content.size());
    return m_database.getLastInsertRowid();
}

}  // namespace rw
