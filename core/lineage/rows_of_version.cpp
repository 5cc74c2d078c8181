#include "core/lineage/rows_of_version.h"

#include <utility>

namespace rw {

void RowsOfVersion::came(const Batch& batch) {
    if (!m_given) return m_then->add(batch);
    if (m_now) return m_now->add(batch);
    m_noted.push_back(batch);
    m_rowsNoted += batch.rows;
    if (m_rowsNoted > kMostNoted) addNoted(m_now.emplace(*m_then));
}

void RowsOfVersion::gave() {
    m_given = true;
    if (m_now) m_then.emplace(*std::exchange(m_now, std::nullopt));
    addNoted(*m_then);
}

void RowsOfVersion::addNoted(RowCollector& rows) {
    for (const Batch& batch : m_noted) rows.add(batch);
    m_noted.clear();
    m_rowsNoted = 0;
}

}  // namespace rw
