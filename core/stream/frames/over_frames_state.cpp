// The frames of an over aggregation as bytes of a state, in one piece and by change: of bounded frames the
// rows, of unbounded ones the aggregates.
#include <algorithm>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/frames/over_frames.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/held_state.h"

namespace rw {

namespace {

constexpr std::uint32_t kFramesVersion = 1;
constexpr std::int64_t kMostOfFrame = std::int64_t{1} << 48;  // rows that can be believed
// Records by change, and a field beside their rows: the place of each among those of its partition and time.
constexpr std::string_view kChangedPartitions = "changed_partitions", kPlaces = "places";
constexpr std::size_t kOfFramesPiece = 8'192;

/// Columns of a saved batch, from `from` on.
Batch columnsFrom(const Batch& saved, std::size_t from, const SchemaRef& schema) {
    Batch out;
    out.schema = schema;
    out.rows = saved.rows;
    for (std::size_t i = 0; i < schema->size(); ++i) out.columns.push_back(saved.columns[from + i]);
    return out;
}

bool asSaved(const Batch& saved, const Schema& schema) {
    const auto missing = [](const ColumnRef& column) { return column == nullptr; };
    return *saved.schema == schema && !saved.kinds && !saved.stamps &&
           std::none_of(saved.columns.begin(), saved.columns.end(), missing);
}

}  // namespace

Batch OverFrames::stateOf(std::span<const RowSlot> partitions) const {
    Batch saved;
    if (m_plan.frame.unbounded()) {
        saved = m_keys.batchOf(partitions);
        ColumnBuilder rows(Type::of(TypeId::Bigint));
        for (const RowSlot at : partitions) rows.append(m_partitions[at].rows);
        saved.columns.push_back(rows.finish());
    } else {
        std::vector<RowSlot> ofEach, rows;
        for (const RowSlot at : partitions) {
            for (RowSlot row = m_partitions[at].oldest; row != kNoRow; row = m_links[row].next) {
                ofEach.push_back(at);
                rows.push_back(row);
            }
        }
        saved = m_keys.batchOf(ofEach);
        for (ColumnRef& column : m_kept.gather(rows)) saved.columns.push_back(std::move(column));
    }
    saved.schema = m_columns.state;
    return saved;
}

void OverFrames::snapshot(StateWriter& out) const {
    std::vector<RowSlot> all;
    for (RowSlot at = 0; at < m_keys.slots(); ++at) {
        if (m_keys.contains(at)) all.push_back(at);
    }
    const auto hashOf = [this](RowSlot at) { return m_index.hash(at); };
    forEachKeyGroup(std::move(all), hashOf, [&](int group, std::span<const RowSlot> some) {
        out.keyed("partitions", group, kFramesVersion, [&](StateWriter& record) {
            record.batch("rows", stateOf(some));
            if (m_plan.frame.unbounded()) m_aggregates.snapshot(some, record);
        });
    });
}

Status OverFrames::restore(const StateReader& state, const KeyGroups& own, Instant passed) {
    RW_TRY_ASSIGN(const auto records, state.keyed("partitions"));
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        RW_TRY_ASSIGN(const Batch saved, savedOf(record));
        RW_TRY_ASSIGN(std::vector<RowSlot> partitions, partitionsOf(saved, keyGroup));
        if (m_plan.frame.unbounded()) {
            RW_TRY(restoreSums(saved, partitions, record));
        } else {
            RW_TRY(restoreRows(saved, std::move(partitions)));
        }
    }
    return restoreChanges(state, own, passed);
}

Result<Batch> OverFrames::savedOf(const StateReader& record) const {
    if (record.version() != kFramesVersion) return brokenState("version of partitions");
    RW_TRY_ASSIGN(Batch saved, record.batch("rows"));
    if (!asSaved(saved, *m_columns.state)) return brokenState("rows of partitions");
    return saved;
}

Result<std::vector<RowSlot>> OverFrames::partitionsOf(const Batch& saved, int keyGroup) {
    std::vector<RowSlot> partitions = find(columnsFrom(saved, 0, m_columns.keys));
    for (const std::uint64_t hash : m_hashes) {
        if (keyGroupOf(hash) != keyGroup) return brokenState("a partition among those of other keys");
    }
    return partitions;
}

Status OverFrames::restoreRows(const Batch& saved, std::vector<RowSlot> partitions) {
    OverRows placed;
    placed.operands = columnsFrom(saved, m_columns.keys->size(), m_columns.kept);
    placed.partitions = std::move(partitions);
    const std::span<const Instant> times = placed.operands.column(0).values<Instant>();
    std::vector<Instant> newest(m_keys.slots(), kMinTimestamp);
    for (std::size_t row = 0; row < saved.rows; ++row) {
        if (times[row] < std::exchange(newest[placed.partitions[row]], times[row]))
            return brokenState("the order of rows in a frame");
    }
    enter(placed, everyRow(saved.rows));
    if (m_plan.frame.unit == Frame::Unit::Range) return {};
    const bool tooMany = std::any_of(placed.partitions.begin(), placed.partitions.end(), [this](RowSlot at) {
        return m_partitions[at].rows > *m_plan.frame.preceding;
    });
    return tooMany ? brokenState("the rows of a frame") : Status();
}

Status OverFrames::restoreSums(const Batch& saved, std::span<const RowSlot> partitions,
                               const StateReader& record) {
    const std::span<const std::int64_t> rows = saved.columns.back()->values<std::int64_t>();
    for (std::size_t i = 0; i < partitions.size(); ++i) {
        Partition& partition = m_partitions[partitions[i]];
        if (partition.rows != 0) return brokenState("a partition that is there twice");
        if (rows[i] < 1 || rows[i] > kMostOfFrame) return brokenState("the number of rows of a partition");
        partition.rows = rows[i];
    }
    return m_aggregates.restore(partitions, record);
}

OverFrames::Changes::Changes(const OverPlan& bound, const OverColumns& columns, const RowStore& of)
    : plan(bound), rows(of), keys(columns.keys), sums(bound.aggregates, false) {}

/// Releases their memory.
void OverFrames::Changes::forgetCopies() {
    keys = RowStore(keys.schema());
    sequences = std::vector<std::uint32_t>();
    counts = std::vector<std::int64_t>();
    sums = Aggregates(plan.aggregates, false);
}

std::size_t OverFrames::Changes::memoryBytes() const {
    return rows.memoryBytes() + keys.memoryBytes() + sequences.capacity() * sizeof(std::uint32_t) +
           counts.capacity() * sizeof(std::int64_t) + sums.memoryBytes();
}

void OverFrames::willChange(std::span<const RowSlot> partitions) {
    const std::span<const RowSlot> first = m_changes->rows.willChange(partitions);
    if (first.empty()) return;
    std::vector<std::uint32_t> copies;
    for (const RowSlot at : first) {
        copies.push_back(static_cast<std::uint32_t>(m_changes->counts.size()));
        m_changes->counts.push_back(m_partitions[at].rows);
    }
    m_changes->sums.resize(m_changes->counts.size());
    m_changes->sums.merge(m_aggregates, first, copies);
}

void OverFrames::willLeave() {
    const std::span<const RowSlot> first = m_changes->rows.willChange(m_leaving);
    if (first.empty()) return;
    std::vector<RowSlot> partitions, numbers;
    for (const RowSlot row : first) {
        partitions.push_back(m_links[row].partition);
        m_changes->sequences.push_back(m_links[row].sequence);
    }
    m_changes->keys.add(m_keys.batchOf(partitions), everyRow(partitions.size()), numbers);
}

void OverFrames::freeze(bool whole) {
    if (!m_changes) {
        const RowStore& written = m_plan.frame.unbounded() ? m_keys : m_kept;
        m_changes = std::make_unique<Changes>(m_plan, m_columns, written);
    }
    m_changes->rows.freeze(whole);
}

void OverFrames::writePiece(StateWriter& out) {
    const RowsByChange::Taken taken = m_changes->rows.takeSome(kOfFramesPiece);
    if (!taken.slots.empty()) {
        if (m_plan.frame.unbounded()) {
            writeSums(taken, out);
        } else {
            writeRows(taken, out);
        }
    }
    if (!anyFrozen()) m_changes->forgetCopies();
}

void OverFrames::writeRows(const RowsByChange::Taken& taken, StateWriter& out) const {
    std::vector<RowSlot> keys;
    std::vector<std::uint32_t> sequences;
    for (std::size_t i = 0; i < taken.slots.size(); ++i) {
        const Link& link = m_links[taken.slots[i]];
        const std::size_t copy = taken.first + i;  // whose slot may have another row by now
        keys.push_back(taken.copied ? static_cast<RowSlot>(copy) : link.partition);
        sequences.push_back(taken.copied ? m_changes->sequences[copy] : link.sequence);
    }
    Batch saved = (taken.copied ? m_changes->keys : m_keys).batchOf(keys);
    saved.columns.insert(saved.columns.end(), taken.rows.columns.begin(), taken.rows.columns.end());
    writeChanged(std::move(saved), out, [&](std::span<const std::uint32_t> some, StateWriter& record) {
        std::vector<std::uint32_t> places;
        for (const std::uint32_t row : some) places.push_back(sequences[row]);
        sql::StateFieldsWriter fields;
        fields(kPlaces, places);
        fields.writeTo(record);
    });
}

void OverFrames::writeSums(const RowsByChange::Taken& taken, StateWriter& out) const {
    std::vector<std::uint32_t> groups;
    ColumnBuilder counts(Type::of(TypeId::Bigint));
    for (std::size_t i = 0; i < taken.slots.size(); ++i) {
        const std::size_t copy = taken.first + i;
        groups.push_back(taken.copied ? static_cast<std::uint32_t>(copy) : taken.slots[i]);
        counts.append(taken.copied ? m_changes->counts[copy] : m_partitions[taken.slots[i]].rows);
    }
    Batch saved = taken.rows;
    saved.columns.push_back(counts.finish());
    const Aggregates& sums = taken.copied ? m_changes->sums : m_aggregates;
    writeChanged(std::move(saved), out, [&](std::span<const std::uint32_t> some, StateWriter& record) {
        std::vector<std::uint32_t> ofSome;
        for (const std::uint32_t row : some) ofSome.push_back(groups[row]);
        sums.snapshot(ofSome, record);
    });
}

template <class Write>
void OverFrames::writeChanged(Batch saved, StateWriter& out, Write write) const {
    saved.schema = m_columns.state;
    std::vector<std::uint64_t> hashes;
    hashKeys(saved, everyColumn(*m_columns.keys), hashes);
    const auto hashOf = [&hashes](std::uint32_t row) { return hashes[row]; };
    forEachKeyGroup(everyRow(saved.rows), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        out.keyed(kChangedPartitions, keyGroup, kFramesVersion, [&](StateWriter& record) {
            record.batch("rows", saved.select(some));
            write(some, record);
        });
    });
}

/// Of bounded frames: the rows of all records by change, in a store of their own until their order is known.
struct OverFrames::Standing {
    explicit Standing(SchemaRef schema) : rows(std::move(schema)) {}
    struct Row {
        RowSlot partition;
        Instant time;
        std::uint32_t sequence;
        RowSlot slot;  ///< in `rows`

        auto place() const { return std::tie(partition, time, sequence); }
    };
    RowStore rows;
    std::vector<Row> order{};
};

Status OverFrames::restoreChanges(const StateReader& state, const KeyGroups& own, Instant passed) {
    RW_TRY_ASSIGN(const auto records, state.keyed(kChangedPartitions));
    Standing standing(m_columns.kept);
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        RW_TRY(m_plan.frame.unbounded() ? restoreChangedSums(record, keyGroup)
                                        : readChangedRows(record, keyGroup, passed, standing));
    }
    return enterStanding(standing);
}

/// A later record of a partition replaces the one before.
Status OverFrames::restoreChangedSums(const StateReader& record, int keyGroup) {
    RW_TRY_ASSIGN(const Batch saved, savedOf(record));
    RW_TRY_ASSIGN(const std::vector<RowSlot> partitions, partitionsOf(saved, keyGroup));
    std::vector<RowSlot> replaced;
    for (const RowSlot at : partitions) {
        if (std::exchange(m_partitions[at].rows, 0) != 0) replaced.push_back(at);
    }
    m_aggregates.clear(replaced);
    return restoreSums(saved, partitions, record);
}

Status OverFrames::readChangedRows(const StateReader& record, int keyGroup, Instant passed,
                                   Standing& standing) {
    RW_TRY_ASSIGN(const Batch saved, savedOf(record));
    std::vector<std::uint32_t> sequences;
    sql::StateFieldsReader fields(record);
    fields(kPlaces, sequences);
    RW_TRY(fields.status());
    if (sequences.size() != saved.rows) return brokenState("places of rows in frames");
    const std::size_t keys = m_columns.keys->size();
    const std::span<const Instant> times = saved.columns[keys]->values<Instant>();
    std::vector<std::uint32_t> rows = everyRow(saved.rows);
    if (m_plan.frame.unit == Frame::Unit::Range) {
        const Instant last = lastPassed(passed);
        std::erase_if(rows, [&](std::uint32_t row) { return times[row] <= last; });
    }
    if (rows.empty()) return {};
    const Batch some = saved.select(rows);
    RW_TRY_ASSIGN(const std::vector<RowSlot> partitions, partitionsOf(some, keyGroup));
    std::vector<RowSlot> slots;
    standing.rows.add(columnsFrom(some, keys, m_columns.kept), everyRow(some.rows), slots);
    for (std::size_t i = 0; i < rows.size(); ++i)
        standing.order.push_back({partitions[i], times[rows[i]], sequences[rows[i]], slots[i]});
    return {};
}

// Among what was written since the whole are rows that have left their frames since. Nothing tells of them,
// and nothing has to. A row of a RANGE frame goes when the watermark has passed it, and those were left out
// above. One of a ROWS frame goes when enough rows have come behind it: those that stand are the last ones of
// their partition, all of which were written.
Status OverFrames::enterStanding(Standing& standing) {
    std::vector<Standing::Row>& order = standing.order;
    std::sort(order.begin(), order.end(),
              [](const Standing::Row& a, const Standing::Row& b) { return a.place() < b.place(); });
    const bool ofRows = m_plan.frame.unit == Frame::Unit::Rows;
    const std::int64_t most =
        ofRows ? m_plan.frame.preceding.value_or(0) : std::numeric_limits<std::int64_t>::max();
    if (most == 0 && !order.empty()) return brokenState("the rows of a frame");
    std::vector<RowSlot> slots;
    OverRows placed;
    const auto enterSome = [&] {
        placed.operands = standing.rows.batchOf(slots);
        enter(placed, everyRow(slots.size()));
        placed.partitions.clear();
        slots.clear();
    };
    for (std::size_t from = 0, end = 0; from < order.size(); from = end) {
        const RowSlot at = order[from].partition;
        if (m_partitions[at].rows != 0) return brokenState("a partition that is there twice");
        while (++end < order.size() && order[end].partition == at) {
            if (order[end].place() == order[end - 1].place())
                return brokenState("two rows of one place in a frame");
        }
        const auto count = static_cast<std::int64_t>(end - from);
        for (std::size_t i = end - static_cast<std::size_t>(std::min(count, most)); i < end; ++i) {
            slots.push_back(order[i].slot);
            placed.partitions.push_back(at);
        }
        if (slots.size() >= kOfFramesPiece) enterSome();
    }
    if (!slots.empty()) enterSome();
    return {};
}

}  // namespace rw
