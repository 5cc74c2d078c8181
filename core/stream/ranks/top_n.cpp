#include "core/stream/ranks/top_n.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/sql/eval/work.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/row_errors.h"

namespace rw {

namespace {

constexpr std::string_view kRankedUntil = "watermark";

/// Event-time rules, 9.
TieBreak tiesInWindows(const StreamType& input) {
    if (input.updating) return {.places = false};
    return {.eventTime = input.eventTime};
}

/// Whether the watermark has completed a window that ends there.
bool isComplete(Instant windowEnd, Instant watermark) {
    return saturatingAdd(windowEnd, -1) <= watermark;
}

}  // namespace

std::vector<int> TopNPlan::keys() const {
    std::vector<int> keys = partition;
    if (ofWindows()) keys.insert(keys.end(), {windowStart, windowEnd});
    return keys;
}

std::vector<Type> TopNPlan::partitionTypes() const {
    std::vector<Type> types;
    for (const int column : partition)
        types.push_back(input.schema->fields[static_cast<std::size_t>(column)].type);
    return types;
}

bool TopNPlan::needsWholeRows() const {
    // Rejected rows have lost their place, and rows without event time may be such.
    return input.orderedByColumns() || input.updating || (!input.sourceOrder && input.eventTime < 0);
}

ColumnSet TopNPlan::lookedAt() const {
    ColumnSet read(input.schema->size(), needsWholeRows());
    if (input.eventTime >= 0) read[static_cast<std::size_t>(input.eventTime)] = true;
    for (const int key : keys()) read[static_cast<std::size_t>(key)] = true;
    for (const SortColumn& sorted : by) read[static_cast<std::size_t>(sorted.column)] = true;
    return read;
}

HeldShape TopNPlan::shape() const {
    return {input.schema, keys(), lookedAt(), false};
}

Batch TopNPlan::numbered(const RankedRows& rows, std::span<const RowSlot> slots,
                         std::span<const std::int64_t> ranks) const {
    Batch batch = rows.batchOf(slots);
    batch.schema = output.schema;
    ColumnBuilder column(Type::of(TypeId::Bigint));
    column.reserve(ranks.size());
    for (const std::int64_t rank : ranks) column.append(rank);
    batch.columns.push_back(column.finish());
    return batch;
}

std::size_t TopN::OpenWindow::bytes() const {
    return sizeof(Window) + sizeof(OpenWindow) + partitions.memoryBytes() + best.capacity() * sizeof(Best);
}

TopN::TopN(TopNPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_partitionTypes(m_plan->partitionTypes()),
      m_batchRows(context.batchRows),
      m_rows(m_plan->shape(), tiesInWindows(m_plan->input), m_plan->by),
      m_names(m_rows, m_plan->input, m_plan->keys()),
      m_late(m_plan->late.schema, kTopNLate) {}

Status TopN::onBatch(int, const Batch& batch, Output& out) {
    const std::span<const Instant> times = batch.column(m_plan->input.eventTime).values<Instant>();
    const std::span<const Instant> ends = batch.column(m_plan->windowEnd).values<Instant>();
    m_inTime.clear();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        // Windows that have fired here do not matter: the stamp may be ahead of the watermark.
        const Instant stamp = batch.stamps ? (*batch.stamps)[row] : kCleanStamp;
        if (batch.stamps && times[row] <= stamp) {
            m_late.add(row, stamp, times[row], ends[row]);
        } else {
            m_inTime.push_back(row);
        }
    }
    take(batch, m_inTime);
    m_late.emit(batch, out);
    return {};
}

void TopN::take(const Batch& batch, std::span<const std::uint32_t> rows) {
    const std::span<const Instant> starts = batch.column(m_plan->windowStart).values<Instant>();
    const std::span<const Instant> ends = batch.column(m_plan->windowEnd).values<Instant>();
    m_columns.clear();
    for (const int column : m_plan->partition) m_columns.push_back(&batch.column(column));
    hashKeys(batch, m_plan->partition, m_hashes);
    if (m_plan->input.updating) m_names.take(batch);
    for (std::size_t from = 0, end = 0; from < rows.size(); from = end) {
        const Window window{ends[rows[from]], starts[rows[from]]};
        while (end < rows.size() && Window{ends[rows[end]], starts[rows[end]]} == window) ++end;
        takeInto(window, batch, rows.subspan(from, end - from));
    }
}

void TopN::takeInto(const Window& window, const Batch& batch, std::span<const std::uint32_t> rows) {
    const auto [place, opened] = m_windows.try_emplace(window, m_partitionTypes);
    OpenWindow& open = place->second;
    const std::size_t before = opened ? 0 : open.bytes(), groups = open.best.size();
    open.partitions.findOrInsert(m_columns, m_hashes, rows, m_found);
    open.best.resize(open.partitions.size());
    m_groups += open.best.size() - groups;
    m_bytes += open.bytes() - before;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Best& best = open.best[m_found[i]];
        m_plan->input.updating ? apply(best, batch, rows[i]) : offer(best, batch, rows[i]);
    }
}

void TopN::offer(Best& best, const Batch& batch, std::uint32_t row) {
    const auto before = [this](RowSlot a, RowSlot b) { return m_rows.before(a, b); };
    if (best.size() == m_plan->limit) {
        if (!m_rows.before(batch, row, best.front())) return;
        std::pop_heap(best.begin(), best.end(), before);
        m_rows.remove(best.back());
        best.pop_back();
    }
    best.push_back(m_rows.add(batch, row));
    std::push_heap(best.begin(), best.end(), before);
}

void TopN::apply(Best& rows, const Batch& batch, std::uint32_t row) {
    if (const RowSlot known = m_names.replacedBy(batch, row); known != kNoRow) {
        const std::uint32_t place = m_places[known];
        rows[place] = rows.back();
        m_places[rows[place]] = place;
        rows.pop_back();
        forget(known);
    }
    if (withdraws(batch, row)) return;
    const RowSlot slot = m_rows.add(batch, row);
    m_names.add(slot, row);
    m_places.resize(std::max(m_places.size(), slot + std::size_t{1}));
    m_places[slot] = static_cast<std::uint32_t>(rows.size());
    rows.push_back(slot);
}

void TopN::forget(RowSlot slot) {
    m_names.remove(slot);
    m_rows.remove(slot);
}

Status TopN::onWatermark(Instant watermark, Output& out) {
    m_watermark = watermark;
    return resume(out);
}

bool TopN::hasMore() const {
    return !m_windows.empty() && isComplete(m_windows.begin()->first.end, m_watermark);
}

Status TopN::resume(Output& out) {
    for (CallBudget budget(m_batchRows); hasMore() && !budget.spent();) fire(budget, out);
    flush(out);
    if (hasMore()) return {};
    out.watermark(kTopNOut, saturatingAdd(m_watermark, -1));
    out.watermark(kTopNLate, m_watermark);
    return {};
}

void TopN::fire(CallBudget& budget, Output& out) {
    const auto first = m_windows.begin();
    OpenWindow& open = first->second;
    if (m_group == open.best.size()) {
        m_bytes -= open.bytes();
        m_windows.erase(first);
        m_group = 0;
        budget.spend(1);
        return;
    }
    Best& best = open.best[m_group];
    if (m_plan->input.updating && !choose(best, budget)) return;
    if (!sort(best, budget)) return;
    for (; m_emitted < best.size() && !budget.spent(); ++m_emitted) {
        m_ready.push_back(best[m_emitted]);
        m_ranks.push_back(static_cast<std::int64_t>(m_emitted) + 1);
        const std::size_t bytes = m_rows.textBytes(best[m_emitted]);
        m_readyBytes += bytes;
        if (m_ready.size() == m_batchRows || m_readyBytes >= sql::kTextAtOnce) flush(out);
        budget.spend(1);
        budget.spendText(bytes);
    }
    if (m_emitted < best.size()) return;
    // One whose rows were all taken back gave nothing, but was looked at.
    if (best.empty()) budget.spend(1);
    best = Best();  // gives its memory back: there may be many partitions in a window
    --m_groups;
    ++m_group;
    m_looked = m_sorted = m_emitted = 0;
}

bool TopN::choose(Best& rows, CallBudget& budget) {
    const auto before = [this](RowSlot a, RowSlot b) { return m_rows.before(a, b); };
    for (; m_looked < rows.size() && !budget.spent(); ++m_looked) {
        budget.spend(1);
        const auto heap = static_cast<std::ptrdiff_t>(std::min(m_looked, m_plan->limit));
        if (m_looked < m_plan->limit) {
            std::push_heap(rows.begin(), rows.begin() + heap + 1, before);
            continue;
        }
        if (m_rows.before(rows[m_looked], rows.front())) {
            std::pop_heap(rows.begin(), rows.begin() + heap, before);
            std::swap(rows[m_plan->limit - 1], rows[m_looked]);
            std::push_heap(rows.begin(), rows.begin() + heap, before);
        }
        forget(rows[m_looked]);
    }
    if (m_looked < rows.size()) return false;
    rows.resize(std::min(rows.size(), m_plan->limit));
    return true;
}

bool TopN::sort(Best& best, CallBudget& budget) {
    for (; m_sorted < best.size() && !budget.spent(); ++m_sorted) {
        std::pop_heap(best.begin(), best.end() - static_cast<std::ptrdiff_t>(m_sorted),
                      [this](RowSlot a, RowSlot b) { return m_rows.before(a, b); });
        budget.spend(1);
    }
    return m_sorted == best.size();
}

void TopN::flush(Output& out) {
    if (m_ready.empty()) return;
    out.emit(kTopNOut, m_plan->numbered(m_rows, m_ready, m_ranks));
    for (const RowSlot slot : m_ready) forget(slot);
    m_ready.clear();
    m_ranks.clear();
    m_readyBytes = 0;
}

Status TopN::snapshot(StateWriter& out) const {
    m_rows.write(out);
    return {};
}

Status TopN::restore(const StateReader& state, const KeyGroups& own) {
    // Among the rows by change are those of windows that were complete at the barrier.
    RW_TRY_ASSIGN(const Instant watermark, state.i64(kRankedUntil, kMinTimestamp));
    RW_TRY_ASSIGN(const std::vector<Batch> kept, m_rows.read(state, own));
    for (const Batch& batch : kept) {
        const std::span<const Instant> ends = batch.column(m_plan->windowEnd).values<Instant>();
        m_inTime = everyRow(batch.rows);
        std::erase_if(m_inTime, [&](std::uint32_t row) { return isComplete(ends[row], watermark); });
        take(batch, m_inTime);
    }
    return {};
}

void TopN::writeRest(StateWriter& out) const {
    out.i64(kRankedUntil, m_watermark);
}

bool TopN::writePiece(StateWriter& out) {
    m_rows.writePiece(out);
    return m_rows.anyFrozen();
}

Operator::StateSize TopN::stateSize() const {
    return {m_rows.memoryBytes() + m_names.memoryBytes() + m_rows.size() * sizeof(RowSlot) +
                m_places.capacity() * sizeof(std::uint32_t) + m_bytes,
            m_groups};
}

Operator::Span TopN::firstOpen() const {
    if (m_windows.empty()) return {};
    const Window& first = m_windows.begin()->first;
    return {first.start, first.end};
}

}  // namespace rw
