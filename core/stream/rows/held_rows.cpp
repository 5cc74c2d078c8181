#include "core/stream/rows/held_rows.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/data/visit_type.h"
#include "core/stream/rows/cell_compare.h"

namespace rw {

void HeldRows::hold(const Batch& batch, std::span<const std::uint32_t> rows) {
    if (rows.empty()) return;
    Open& open = m_open[batch.wire];
    for (const std::uint32_t row : rows) put(open, batch, row, false);
}

void HeldRows::put(Open& open, const Batch& batch, std::uint32_t row, bool known) {
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    makeRoom(open, batch, position, known);
    for (std::size_t i = 0; i < open.columns.size(); ++i) {
        if (!batch.columns[i]) continue;
        const Column& column = *batch.columns[i];
        open.columns[i].appendFrom(column, row);
        if (isReference(column.type().id) && !column.isNull(row)) open.textBytes += column.string(row).size();
    }
    const Instant time = batch.column(m_eventTime).at<Instant>(row);
    const Instant due = m_until == HeldUntil::Stamp ? (*batch.stamps)[row] : time;
    if (m_until == HeldUntil::Stamp) open.stamps.push_back(due);
    if (position >= 0)
        open.offsets.push_back(static_cast<std::uint32_t>(position - open.batch.positions.first));
    open.firstDue = std::min(open.firstDue, due);
    const auto place = static_cast<std::uint32_t>(open.rows.size());
    open.rows.push_back({due, batch.wire, position, time, open.number, place});
    ++m_fresh;
}

/// Closes the open batch where it does not take a row at `position`.
void HeldRows::makeRoom(Open& open, const Batch& batch, std::int64_t position, bool known) {
    const Positions& positions = open.batch.positions;
    const std::int64_t ahead = position - positions.first;
    const bool fits = open.rows.size() < m_batchRows && positions.known() == (position >= 0) && ahead >= 0 &&
                      ahead <= std::numeric_limits<std::uint32_t>::max();
    if (!open.rows.empty() && fits) return;
    if (!open.rows.empty()) close(open);
    open.number = known ? --m_known : m_numbers++;
    open.batch.schema = batch.schema;
    open.batch.wire = batch.wire;
    open.batch.positions.first = position;
    for (const Field& field : batch.schema->fields) open.columns.emplace_back(field.type);
}

/// Without what is known of its rows beside the batch.
Batch HeldRows::closedBatch(Open& open) {
    Batch batch = std::move(open.batch);
    batch.rows = open.rows.size();
    for (ColumnBuilder& column : open.columns) {
        // A column that is not read was missing.
        batch.columns.push_back(column.size() == batch.rows ? column.finish() : nullptr);
    }
    if (!open.stamps.empty())
        batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(open.stamps));
    if (batch.positions.known())
        batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(std::move(open.offsets));
    return batch;
}

void HeldRows::close(Open& open) {
    Open closed = std::exchange(open, Open{});
    Held held;
    held.batch = closedBatch(closed);
    held.left = held.batch.rows;
    held.bytes = held.batch.memoryBytes();
    m_bytes += held.bytes;
    m_held.emplace(closed.number, std::move(held));
    for (const Row& row : closed.rows) {
        m_rows.push_back(row);
        siftUp();
    }
    m_fresh -= closed.rows.size();
}

/// Behind a row that was put to the end.
void HeldRows::siftUp() {
    std::push_heap(m_rows.begin(), m_rows.end(), [this](const Row& a, const Row& b) { return behind(a, b); });
}

std::size_t HeldRows::idleBytes() const {
    std::size_t bytes = (m_rows.capacity() - m_rows.size()) * sizeof(Row);
    for (const auto& [number, held] : m_held) {
        if (isSparse(number, held)) bytes += held.bytes - held.bytes / held.batch.rows * held.left;
    }
    return bytes;
}

void HeldRows::compact() {
    std::unordered_map<std::uint64_t, Batch> sparse;
    for (auto held = m_held.begin(); held != m_held.end();) {
        const auto next = std::next(held);
        if (isSparse(held->first, held->second)) {
            m_bytes -= held->second.bytes;
            sparse.emplace(held->first, std::move(held->second.batch));
            m_held.erase(held);
        }
        held = next;
    }
    const auto stays = [&sparse](const Row& row) { return !sparse.contains(row.batch); };
    const auto leaving = std::partition(m_rows.begin(), m_rows.end(), stays);
    std::vector<Row> moving(leaving, m_rows.end());
    m_rows.erase(leaving, m_rows.end());
    m_rows.shrink_to_fit();
    std::sort(moving.begin(), moving.end(),
              [](const Row& a, const Row& b) { return std::tie(a.batch, a.row) < std::tie(b.batch, b.row); });
    std::make_heap(m_rows.begin(), m_rows.end(), [this](const Row& a, const Row& b) { return behind(a, b); });
    std::map<std::pair<bool, WireNumber>, Open> opens;
    for (const Row& row : moving) {
        const bool known = row.batch < m_endFrozen;
        put(opens[{known, row.wire}], sparse.at(row.batch), row.row, known);
    }
    for (auto& [of, open] : opens) close(open);
}

void HeldRows::clear() {
    m_open.clear();
    m_held.clear();
    m_gone.clear();
    m_rows = {};
    m_fresh = m_bytes = 0;
    m_nextFrozen = m_endFrozen;
}

std::vector<Batch> HeldRows::gathered(const Released& some, bool known) const {
    HeldRows all(m_until, m_eventTime, std::numeric_limits<std::size_t>::max());
    // By position: a batch takes no row from before its first, and there are to be few.
    const auto placeOf = [&some](const Released::Place& at) {
        const Batch& of = some.batches[at.batch];
        return std::pair(of.wire, of.positions.known() ? of.positions.at(at.row) : std::int64_t{-1});
    };
    auto order = some.order;
    std::stable_sort(order.begin(), order.end(),
                     [&placeOf](const auto& a, const auto& b) { return placeOf(a) < placeOf(b); });
    for (const auto& [batch, row] : order) {
        if (some.known[batch] == known) all.hold(some.batches[batch], {&row, 1});
    }
    std::vector<Batch> batches;
    for (auto& [number, held] : all.m_held) batches.push_back(std::move(held.batch));
    for (auto& [wire, open] : all.m_open) batches.push_back(closedBatch(open));
    return batches;
}

/// A checkpoint that is being written has what was known when it began: numbers before all of its own.
void HeldRows::holdAgain(Batch batch, bool known) {
    const std::uint64_t number = known ? --m_known : m_numbers++;
    Held held;
    held.batch = std::move(batch);
    held.left = held.batch.rows;
    held.bytes = held.batch.memoryBytes();
    m_bytes += held.bytes;
    const Batch& rows = m_held.emplace(number, std::move(held)).first->second.batch;
    const auto times = rows.column(m_eventTime).values<Instant>();
    for (std::uint32_t row = 0; row < rows.rows; ++row) {
        const std::int64_t position = rows.positions.known() ? rows.positions.at(row) : -1;
        m_rows.push_back({times[row], rows.wire, position, times[row], number, row});
        siftUp();
    }
}

bool HeldRows::behind(const Row& a, const Row& b) const {
    const auto order =
        std::tie(a.due, a.wire, a.position, a.time) <=> std::tie(b.due, b.wire, b.position, b.time);
    if (order != 0) return order > 0;
    const auto columns =
        compareRows(m_held.at(a.batch).batch.columns, a.row, m_held.at(b.batch).batch.columns, b.row);
    if (columns != 0) return columns > 0;
    return std::tie(a.batch, a.row) > std::tie(b.batch, b.row);
}

bool HeldRows::due(Instant watermark) const {
    return (!m_rows.empty() && reached(m_rows.front().due, watermark)) ||
           std::any_of(m_open.begin(), m_open.end(), [&](const auto& entry) {
               return !entry.second.rows.empty() && reached(entry.second.firstDue, watermark);
           });
}

std::vector<Batch> HeldRows::waiting() const {
    HeldRows all = *this;
    for (auto& [wire, open] : all.m_open) {
        if (!open.rows.empty()) all.close(open);
    }
    std::sort(all.m_rows.begin(), all.m_rows.end(),
              [&all](const Row& a, const Row& b) { return all.behind(b, a); });
    HeldRows ordered(m_until, m_eventTime, std::numeric_limits<std::size_t>::max());
    for (const Row& row : all.m_rows) ordered.hold(all.m_held.at(row.batch).batch, {&row.row, 1});
    for (auto& [wire, open] : ordered.m_open) ordered.close(open);
    std::vector<Batch> batches;
    for (auto& [number, held] : ordered.m_held) batches.push_back(std::move(held.batch));
    return batches;
}

HeldRows::Released HeldRows::release(Instant watermark, std::size_t atMost) {
    struct Taken {
        std::uint32_t place;  ///< in Released::batches
        std::vector<std::uint32_t> rows;
    };
    for (auto& [wire, open] : m_open) {
        if (!open.rows.empty() && reached(open.firstDue, watermark)) close(open);
    }
    Released released;
    std::map<std::uint64_t, Taken> taken;
    while (!m_rows.empty() && reached(m_rows.front().due, watermark) && released.order.size() < atMost) {
        std::pop_heap(m_rows.begin(), m_rows.end(),
                      [this](const Row& a, const Row& b) { return behind(a, b); });
        const Row row = m_rows.back();
        m_rows.pop_back();
        const auto next = static_cast<std::uint32_t>(taken.size());
        const auto [at, first] = taken.try_emplace(row.batch, Taken{next, {}});
        released.order.push_back({at->second.place, static_cast<std::uint32_t>(at->second.rows.size())});
        at->second.rows.push_back(row.row);
    }
    released.batches.resize(taken.size());
    released.known.resize(taken.size());
    for (const auto& [number, some] : taken) {
        const auto held = m_held.find(number);
        released.known[some.place] = number < m_endFrozen;
        released.batches[some.place] = held->second.batch.select(some.rows);
        held->second.left -= some.rows.size();
        if (held->second.left > 0) continue;
        if (isFrozen(number)) {
            m_gone.insert(m_held.extract(held));
            continue;
        }
        m_bytes -= held->second.bytes;
        m_held.erase(held);
    }
    return released;
}

Batch HeldRows::Released::gathered() const {
    Batch all;
    if (batches.empty()) return all;
    all.schema = batches.front().schema;
    all.rows = order.size();
    for (std::size_t i = 0; i < all.schema->size(); ++i) {
        const bool built = std::all_of(batches.begin(), batches.end(),
                                       [i](const Batch& batch) { return batch.columns[i] != nullptr; });
        if (built && batches.size() == 1) {
            all.columns.push_back(batches.front().columns[i]);
            continue;
        }
        ColumnBuilder column(all.schema->fields[i].type);
        column.reserve(all.rows);
        for (const auto& [batch, row] : order) {
            if (built) column.appendSharing(*batches[batch].columns[i], row);
        }
        all.columns.push_back(built ? column.finish() : nullptr);
    }
    return all;
}

void HeldRows::freeze(bool whole, Instant watermark) {
    for (auto& [wire, open] : m_open) {
        if (!open.rows.empty()) close(open);
    }
    m_nextFrozen = whole ? m_known : m_endFrozen;
    m_endFrozen = m_numbers;
    m_frozenAt = watermark;
}

std::vector<Batch> HeldRows::takeFrozen(std::size_t atMost) {
    constexpr std::size_t kBytesOfSome = std::size_t{4} << 20;
    std::vector<Batch> some;
    std::size_t bytes = 0;
    for (std::size_t rows = 0; rows < atMost && bytes < kBytesOfSome && anyFrozen();) {
        const auto held = m_held.lower_bound(m_nextFrozen), gone = m_gone.begin();
        const bool isGone = gone != m_gone.end() && (held == m_held.end() || gone->first < held->first);
        const auto next = isGone ? gone : held;
        if (!isGone && (held == m_held.end() || held->first >= m_endFrozen)) {
            m_nextFrozen = m_endFrozen;
            break;
        }
        m_nextFrozen = next->first + 1;
        const Batch& batch = next->second.batch;
        rows += batch.rows;
        bytes += next->second.bytes;
        const std::vector<std::uint32_t> waiting = waitingFor(batch, m_frozenAt);
        if (!waiting.empty()) some.push_back(waiting.size() == batch.rows ? batch : batch.select(waiting));
        if (!isGone) continue;
        m_bytes -= next->second.bytes;
        m_gone.erase(next);
    }
    return some;
}

std::vector<std::uint32_t> HeldRows::waitingFor(const Batch& batch, Instant watermark) const {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (!reached(dueOf(batch, row), watermark)) rows.push_back(row);
    }
    return rows;
}

std::size_t HeldRows::memoryBytes() const {
    std::size_t bytes = m_rows.capacity() * sizeof(Row) + m_bytes;
    for (const auto& [wire, open] : m_open) {
        bytes += open.textBytes + open.rows.capacity() * sizeof(Row);
        for (const ColumnBuilder& column : open.columns) bytes += column.size() * widthOf(column.type().id);
    }
    return bytes;
}

}  // namespace rw
