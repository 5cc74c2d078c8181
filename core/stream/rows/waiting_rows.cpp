#include "core/stream/rows/waiting_rows.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "core/data/visit_type.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/key_table.h"

namespace rw {

namespace {

constexpr std::size_t kFewestWaiting = 256, kMostWaiting = std::size_t{1} << 20;
constexpr Millis kWait = 1'000;
/// What a row takes besides its cells; what one takes of a text, or of another cell, at most.
constexpr std::size_t kBytesOfRow = 64, kBytesOfText = 40, kBytesOfCell = 17;

std::size_t bytesOf(Type type) {
    return isReference(type.id) ? kBytesOfText : kBytesOfCell;
}

}  // namespace

/// What stands before the cells of a row.
struct WaitingRows::Head {
    std::int64_t wire = 0, position = -1;
    Instant moment = kMinTimestamp;  ///< none, where keys do not end
    RowKind kind = RowKind::Insert;

    static constexpr std::size_t kNumber = sizeof(std::int64_t);
    static constexpr std::size_t kSize = 3 * kNumber + sizeof(RowKind);
    void appendTo(std::string& bytes) const {
        char raw[kSize];
        std::memcpy(raw, &wire, kNumber);
        std::memcpy(raw + kNumber, &position, kNumber);
        std::memcpy(raw + 2 * kNumber, &moment, kNumber);
        std::memcpy(raw + 3 * kNumber, &kind, sizeof kind);
        bytes.append(raw, kSize);
    }
    static Head of(std::string_view row) {
        Head head;
        std::memcpy(&head.wire, row.data(), kNumber);
        std::memcpy(&head.position, row.data() + kNumber, kNumber);
        std::memcpy(&head.moment, row.data() + 2 * kNumber, kNumber);
        std::memcpy(&head.kind, row.data() + 3 * kNumber, sizeof kind);
        return head;
    }
};

WaitingRows::WaitingRows(HeldShape shape, ColumnSet kept, std::uint64_t bytes, std::size_t batchRows)
    : m_shape(std::move(shape)),
      m_kept(std::move(kept)),
      m_had(m_kept.size(), false),
      m_keyCoder(m_shape.keyTypes()),
      m_rowCoder(keptTypes()),
      m_rows(limits(bytes)),
      m_mostBytes(static_cast<std::size_t>(std::max<std::uint64_t>(bytes, kFewestWaiting * kBytesOfRow))),
      m_batchRows(batchRows) {}

std::vector<Type> WaitingRows::keptTypes() const {
    std::vector<Type> types;
    for (std::size_t i = 0; i < m_kept.size(); ++i) {
        if (m_kept[i]) types.push_back(m_shape.schema->fields[i].type);
    }
    return types;
}

MiniBatch::Limits WaitingRows::limits(std::uint64_t bytes) const {
    std::size_t row = kBytesOfRow;
    for (const Type type : keptTypes()) row += bytesOf(type);
    for (const Type type : m_shape.keyTypes()) row += bytesOf(type);
    return {static_cast<std::size_t>(std::clamp<std::uint64_t>(bytes / row, kFewestWaiting, kMostWaiting)),
            kWait};
}

void WaitingRows::add(const Batch& batch, std::span<const Column* const> keys,
                      std::span<const std::uint64_t> hashes, std::span<const std::uint32_t> rows,
                      std::span<const Instant> moments, std::int64_t now) {
    KeyTable table(m_shape.keyTypes());  // in which equal keys have equal bits
    std::vector<std::uint32_t> groups;
    table.findOrInsert(keys, hashes, rows, groups);
    const std::vector<ColumnRef> keyColumns = table.columns(everyRow(table.size()));
    std::string keyBytes;
    std::vector<std::size_t> ends;
    for (std::size_t key = 0; key < table.size(); ++key) {
        m_keyCoder.append(keyColumns, key, keyBytes);
        ends.push_back(keyBytes.size());
    }
    std::vector<ColumnRef> cells;
    for (std::size_t i = 0; i < m_kept.size(); ++i) {
        if (!m_kept[i]) continue;
        cells.push_back(batch.columns[i]);
        m_had[i] = m_had[i] || batch.columns[i] != nullptr;
    }
    std::string bytes;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t row = rows[i];
        const std::size_t from = groups[i] == 0 ? 0 : ends[groups[i] - 1];
        const StoreKey key{hashes[row], std::string_view(keyBytes).substr(from, ends[groups[i]] - from)};
        bytes.clear();
        const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
        const Instant moment = moments.empty() ? kMinTimestamp : moments[i];
        Head{batch.wire, position, moment, batch.kind(row)}.appendTo(bytes);
        m_rowCoder.append(cells, row, bytes);
        m_rows.add(key, bytes, now);
        m_bytes += kBytesOfRow + key.bytes.size() + bytes.size();
    }
}

void WaitingRows::close() {
    m_rows.close();
    m_bytes = 0;
}

WaitingRows::Taken WaitingRows::take(std::size_t keys) {
    const MiniBatch::Rows rows = m_rows.take(keys);
    return {rows.keys, batchesOf(rows.rows), rows.rows.size()};
}

/// Rows of a wire stay in their order.
std::vector<Batch> WaitingRows::batchesOf(std::span<const std::string_view> rows) const {
    std::vector<std::string_view> order(rows.begin(), rows.end());
    const auto wireOf = [](std::string_view row) { return Head::of(row).wire; };
    std::stable_sort(order.begin(), order.end(),
                     [&wireOf](std::string_view a, std::string_view b) { return wireOf(a) < wireOf(b); });
    // Positions of a batch are known or not, and lie within 32 bits.
    constexpr std::int64_t kSpan = std::numeric_limits<std::uint32_t>::max();
    std::vector<Batch> batches;
    for (std::size_t from = 0, end = 0; from < order.size(); from = end) {
        const Head first = Head::of(order[from]);
        std::int64_t least = first.position, most = first.position;
        for (; end < order.size() && end - from < m_batchRows; ++end) {
            const Head head = Head::of(order[end]);
            if (head.wire != first.wire || (head.position < 0) != (first.position < 0)) break;
            if (std::max(most, head.position) - std::min(least, head.position) > kSpan) break;
            least = std::min(least, head.position);
            most = std::max(most, head.position);
        }
        batches.push_back(batchOf(std::span(order).subspan(from, end - from)));
    }
    return batches;
}

Batch WaitingRows::batchOf(std::span<const std::string_view> rows) const {
    std::vector<std::string_view> cells;
    std::vector<std::int64_t> positions;
    std::vector<RowKind> kinds;
    std::vector<Instant> moments;
    bool changes = false;
    for (const std::string_view row : rows) {
        const Head head = Head::of(row);
        cells.push_back(row.substr(Head::kSize));
        positions.push_back(head.position);
        kinds.push_back(head.kind);
        moments.push_back(head.moment);
        changes = changes || head.kind != RowKind::Insert;
    }
    Batch batch;
    batch.schema = m_shape.schema;
    batch.rows = rows.size();
    batch.wire = Head::of(rows.front()).wire;
    std::vector<ColumnRef> read = m_rowCoder.columns(cells);
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_kept.size(); ++i) {
        ColumnRef column = m_kept[i] ? std::move(read[next++]) : nullptr;
        batch.columns.push_back(m_had[i] ? std::move(column) : nullptr);
    }
    if (m_shape.stamps) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(moments));
    if (changes) batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
    const std::int64_t first = *std::min_element(positions.begin(), positions.end());
    if (first < 0) return batch;
    std::vector<std::uint32_t> offsets;
    for (const std::int64_t position : positions)
        offsets.push_back(static_cast<std::uint32_t>(position - first));
    batch.positions = {first, std::make_shared<const std::vector<std::uint32_t>>(std::move(offsets))};
    return batch;
}

void WaitingRows::write(StateWriter& out) const {
    for (int keyGroup = 0; keyGroup < kKeyGroups; ++keyGroup) {
        std::vector<std::string_view> rows;
        m_rows.forEach(keyGroup, [&rows](const StoreKey&, std::string_view row) { rows.push_back(row); });
        for (const Batch& batch : batchesOf(rows)) writeKept(kHeldRecords, keyGroup, batch, out);
    }
}

Status WaitingRows::restore(const StateReader& state, const KeyGroups& own, std::int64_t now) {
    RW_TRY_ASSIGN(const std::vector<Batch> batches, readHeld(state, m_shape, own));
    std::vector<std::uint64_t> hashes;
    for (const Batch& batch : batches) {
        std::vector<const Column*> keys;
        for (const int key : m_shape.keys) keys.push_back(&batch.column(key));
        hashKeys(keys, batch.rows, hashes);
        const auto moments = batch.stamps ? std::span(*batch.stamps) : std::span<const Instant>();
        add(batch, keys, hashes, everyRow(batch.rows), moments, now);
    }
    return {};
}

}  // namespace rw
