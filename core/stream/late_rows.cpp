#include "core/stream/late_rows.h"

#include <algorithm>

#include "core/stream/rejected.h"

namespace rw {

void LateRows::add(std::uint32_t row, Instant stamp, Instant last, std::optional<Instant> windowEnd) {
    Millis by = 0;
    if (__builtin_sub_overflow(stamp, last, &by)) by = kMaxTimestamp;
    m_rows.push_back(row);
    m_by.push_back(by);
    m_for.push_back(windowEnd);
}

void LateRows::addPassed(const Batch& batch, int eventTime, std::vector<std::uint32_t>& inTime) {
    inTime.clear();
    const std::span<const Instant> times = batch.column(eventTime).values<Instant>();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (batch.stamps && times[row] <= (*batch.stamps)[row]) {
            add(row, (*batch.stamps)[row], times[row], std::nullopt);
        } else {
            inTime.push_back(row);
        }
    }
}

void LateRows::emit(const Batch& batch, Output& out) {
    if (m_rows.empty()) return;
    ColumnBuilder lateBy(Type::of(TypeId::Bigint)), lateFor(Type::of(TypeId::Timestamp));
    for (const Millis by : m_by) lateBy.append(by);
    for (const std::optional<Instant>& end : m_for) {
        if (end) {
            lateFor.append(*end);
        } else {
            lateFor.appendNull();
        }
    }
    Batch late = batch.select(m_rows);
    std::vector<ColumnRef> columns;
    for (std::size_t i = 0; i < late.columns.size(); ++i) {
        if (!isLateColumn(batch.schema->fields[i].name)) columns.push_back(std::move(late.columns[i]));
    }
    late.columns = std::move(columns);
    late.schema = m_schema;
    late.columns.push_back(lateBy.finish());
    late.columns.push_back(lateFor.finish());
    out.countLate(m_rows.size(), *std::max_element(m_by.begin(), m_by.end()));
    out.emit(m_port, std::move(late));
    m_rows.clear();
    m_by.clear();
    m_for.clear();
}

}  // namespace rw
