#include "core/stream/recording/recorded_tables.h"

#include <xxhash.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "core/data/state_writer.h"

namespace rw {

namespace {
constexpr std::size_t kRowsOfBlock = 16'384;  // some milliseconds of work
}  // namespace

RecordedTables::RecordedTables(LookupRecorder& tape, TapeLookup about, std::size_t keptBytes)
    : m_tape(tape), m_lookup(tape.addLookup(std::move(about))), m_keptBytes(keptBytes) {}

void RecordedTables::begin() {
    m_sum = m_rows = m_put = 0;
    const std::lock_guard hold(m_mutex);
    letGo(1);
}

void RecordedTables::read(const Batch& rows) {
    StateWriter bytes;
    bytes.batch("rows", rows);
    const std::string written = bytes.finish();
    m_sum = XXH3_64bits_withSeed(written.data(), written.size(), m_sum);
    m_rows += rows.rows;
}

bool RecordedTables::put(const LookupTableRef& table, Instant readAt) {
    if (m_next > 0 && m_sum == m_newestSum && m_rows == m_newestRows) return true;
    if (!m_tape.admits()) return false;
    if (m_put < m_rows) {
        std::vector<RowSlot> slots(std::min<std::uint64_t>(kRowsOfBlock, m_rows - m_put));
        std::iota(slots.begin(), slots.end(), static_cast<RowSlot>(m_put));
        m_put += slots.size();
        TapeTable some;
        some.number = m_next;
        some.rows = table->rows().batchOf(slots);
        m_tape.add(m_lookup, std::move(some));
        return false;
    }
    m_newestSum = m_sum;
    m_newestRows = m_rows;
    TapeTable whole;
    whole.kind = TapeTable::Kind::Met;
    whole.number = m_next++;
    whole.readAt = readAt;
    const std::lock_guard hold(m_mutex);
    if (!m_kept.empty()) whole.from = saturatingAdd(m_most, 1);
    m_moments.from(whole.from, whole.number);
    m_kept.emplace(whole.number, table);
    letGo(2);
    m_tape.add(m_lookup, std::move(whole));
    return true;
}

void RecordedTables::fail(const Status& status) {
    TapeTable none;
    none.kind = TapeTable::Kind::Failed;
    none.number = m_next;
    none.failed = status;
    m_tape.add(m_lookup, std::move(none));
}

LookupTableRef RecordedTables::at(Instant moment) {
    const std::lock_guard hold(m_mutex);
    if (m_kept.empty()) return nullptr;
    if (moment == kNoMoment) return m_kept.rbegin()->second;
    m_most = std::max(m_most, moment);
    const std::uint64_t number = m_moments.at(moment);
    const auto oldest = m_kept.lower_bound(number);
    if (oldest->first != number) {
        m_moments.only(moment, oldest->first);
        TapeTable alone;
        alone.kind = TapeTable::Kind::Alone;
        alone.number = oldest->first;
        alone.from = moment;
        m_tape.add(m_lookup, std::move(alone));
    }
    return oldest->second;
}

LookupTableRef RecordedTables::newest() const {
    const std::lock_guard hold(m_mutex);
    return m_kept.empty() ? nullptr : m_kept.rbegin()->second;
}

void RecordedTables::letGo(std::size_t least) {
    std::size_t bytes = 0;
    for (const auto& [number, table] : m_kept) bytes += table->memoryBytes();
    while (m_kept.size() > least && bytes > m_keptBytes) {
        bytes -= m_kept.begin()->second->memoryBytes();
        m_kept.erase(m_kept.begin());
    }
}

}  // namespace rw
