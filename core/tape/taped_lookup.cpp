#include "core/tape/taped_lookup.h"

#include <algorithm>
#include <utility>

#include "core/tape/tape_table.h"

namespace rw {

TapedLookup::TapedLookup(TapeFileRef tape, std::size_t number, LookupBy by, std::vector<int> keys,
                         std::size_t keptBytes)
    : m_tape(std::move(tape)), m_number(number), m_by(by), m_keys(std::move(keys)), m_keptBytes(keptBytes) {}

std::uint64_t TapedLookup::tableOf(Instant moment) const {
    const bool known = m_by != LookupBy::Nothing && moment != kNoMoment;
    return lookup().moments.at(known ? moment : kMaxTimestamp);
}

LookupTableRef TapedLookup::at(Instant moment) {
    if (missing()) return nullptr;
    const std::uint64_t number = tableOf(moment);
    const std::lock_guard hold(m_mutex);
    const auto found = std::find_if(m_kept.begin(), m_kept.end(),
                                    [number](const Kept& kept) { return kept.number == number; });
    if (found == m_kept.end()) return nullptr;
    m_awaited.erase(number);
    std::rotate(found, found + 1, m_kept.end());
    return m_kept.back().table;
}

LookupTableRef TapedLookup::newest() const {
    const std::lock_guard hold(m_mutex);
    return m_kept.empty() ? nullptr : m_kept.back().table;
}

Instant TapedLookup::readAt() const {
    const std::lock_guard hold(m_mutex);
    return m_kept.empty() ? kMinTimestamp : lookup().tables[m_kept.back().number].readAt;
}

Result<bool> TapedLookup::read(Instant moment) {
    if (missing()) return false;
    const std::lock_guard piece(m_reading);
    {
        const std::uint64_t number = tableOf(moment);
        const std::lock_guard hold(m_mutex);
        for (const Kept& kept : m_kept) {
            if (kept.number == number) return false;
        }
        m_awaited.insert(number);
        // One that was begun for another row is read to its end first.
        if (!m_next) {
            m_next = std::make_shared<LookupTable>(schema(), m_keys);
            m_nextNumber = number;
            m_block = 0;
        }
    }
    const std::vector<TapeFile::Block>& blocks = lookup().tables[m_nextNumber].blocks;
    if (m_block < blocks.size()) {
        RW_TRY_ASSIGN(const std::string payload, m_tape->read(blocks[m_block]));
        RW_TRY_ASSIGN(const Batch rows, loadTableRows(payload, schema()));
        m_next->add(rows);
        ++m_block;
    }
    if (m_block == blocks.size()) keep(m_nextNumber, std::exchange(m_next, nullptr));
    return true;
}

void TapedLookup::keep(std::uint64_t table, LookupTableRef rows) {
    const std::lock_guard hold(m_mutex);
    m_kept.push_back({table, std::move(rows)});
    std::size_t bytes = 0;
    for (const Kept& kept : m_kept) bytes += kept.table->memoryBytes();
    for (std::size_t i = 0; i + 2 < m_kept.size() && bytes > m_keptBytes;) {
        if (m_awaited.contains(m_kept[i].number)) {
            ++i;
            continue;
        }
        bytes -= m_kept[i].table->memoryBytes();
        m_kept.erase(m_kept.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

}  // namespace rw
