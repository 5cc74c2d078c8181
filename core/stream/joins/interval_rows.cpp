#include "core/stream/joins/interval_rows.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/rows_by_change.h"

namespace rw {

namespace {

constexpr std::uint32_t kIntervalRowsVersion = 1;
constexpr std::size_t kIntervalRowsOfPiece = 8'192;
constexpr std::string_view kIntervalSlots = "slots";

// Beside the records in one piece, which have the name itself.
std::string changedIntervalRows(std::string_view name) {
    return std::string(name) + "_changes";
}
std::string passedIntervalRows(std::string_view name) {
    return std::string(name) + "_passed";
}

}  // namespace

struct IntervalRows::Changes {
    explicit Changes(const RowStore& of) : rows(of) {}
    RowsByChange rows;
    std::string met{};  ///< of the rows copied, by their number: whether they had met one
};

/// Of the changes of one state, while they are read.
struct IntervalRows::Restored {
    /// Takes memory by the slots that were added, whatever their numbers are.
    class Slots {
     public:
        /// Whether it was not there.
        bool add(RowSlot slot) {
            std::uint64_t& word = m_words[slot / 64];
            const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
            const bool fresh = (word & bit) == 0;
            word |= bit;
            return fresh;
        }

     private:
        std::unordered_map<RowSlot, std::uint64_t> m_words{};
    };

    Instant passed = kMinTimestamp;  ///< the watermark at the barrier
    Slots seen{};                    ///< those whose last record was read
};

void rowsWithKey(const Batch& batch, std::span<const int> keys, std::span<const std::uint32_t> rows,
                 std::vector<std::uint32_t>& keyed) {
    keyed.assign(rows.begin(), rows.end());
    for (const int key : keys) {
        const Validity& validity = batch.column(key).validity();
        if (validity.allValid()) continue;
        std::erase_if(keyed, [&validity](std::uint32_t row) { return !validity.valid(row); });
    }
}

IntervalRows::IntervalRows(Shape shape)
    : m_shape(std::move(shape)),
      m_rows(m_shape.rows.schema),
      m_byKey(m_rows, m_shape.rows.keys, m_shape.length) {}
IntervalRows::~IntervalRows() = default;

void IntervalRows::add(const Batch& batch, std::span<const std::uint32_t> rows,
                       std::span<const std::uint32_t> keyed, std::span<const std::uint64_t> hashes) {
    const std::span<const Instant> times = batch.column(m_shape.eventTime).values<Instant>();
    const auto passed = [&](std::uint32_t row) { return dueOf(times[row]) <= m_due.watermark(); };
    m_kept.assign(m_shape.outer ? rows.begin() : keyed.begin(), m_shape.outer ? rows.end() : keyed.end());
    if (!m_shape.outer) std::erase_if(m_kept, passed);
    m_added.clear();
    m_rows.add(batch, m_kept, m_added);
    m_slots.assign(batch.rows, kNoRow);
    for (std::size_t i = 0; i < m_kept.size(); ++i) {
        m_slots[m_kept[i]] = m_added[i];
        m_due.add(m_added[i], dueOf(times[m_kept[i]]));
    }
    if (m_changes) m_changes->rows.added(m_added);
    m_found.clear();
    for (const std::uint32_t row : keyed) {
        // A row that is passed finds others when it comes, but no later row can find it.
        if (!passed(row)) m_found.push_back({hashes[row], times[row], m_slots[row]});
    }
    m_byKey.add(m_found);
    if (!m_shape.outer) return;
    m_met.resize(m_rows.slots());
    for (const std::uint32_t row : m_kept) m_met[m_slots[row]] = 0;
}

void IntervalRows::met(std::span<const RowSlot> slots) {
    if (m_changes) {
        m_first.clear();
        std::copy_if(slots.begin(), slots.end(), std::back_inserter(m_first),
                     [this](RowSlot slot) { return isAlone(slot); });
        willChange(m_first);
    }
    for (const RowSlot slot : slots) m_met[slot] = 1;
}

void IntervalRows::drop(std::span<const RowSlot> slots) {
    if (m_changes) willChange(slots);
    m_byKey.remove(slots);
    m_rows.remove(slots);
}

std::string IntervalRows::whichMet(std::span<const RowSlot> slots) const {
    std::string met;
    for (const RowSlot slot : slots) met += static_cast<char>(outer() ? m_met[slot] : 0);
    return met;
}

void IntervalRows::willChange(std::span<const RowSlot> slots) {
    m_changes->met += whichMet(m_changes->rows.willChange(slots));
}

void IntervalRows::write(std::string_view name, StateWriter& out) const {
    const std::vector<RowSlot> slots = keptSlots(m_rows);
    if (slots.empty()) return;
    const Batch rows = m_rows.batchOf(slots);
    // Rows that are equal have met the same ones: no more than the columns is needed.
    write(name, rows, {}, whichMet(slots), orderByColumns(rows), out);
}

void IntervalRows::write(std::string_view name, const Batch& rows, std::span<const RowSlot> slots,
                         const std::string& met, std::vector<std::uint32_t> order, StateWriter& out) const {
    std::vector<std::uint64_t> hashes;
    hashKeys(rows, keys(), hashes);
    const auto hashOf = [&hashes](std::uint32_t row) { return hashes[row]; };
    forEachKeyGroup(std::move(order), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        std::string metOfSome;
        std::vector<RowSlot> slotsOfSome;
        for (const std::uint32_t row : some) {
            metOfSome += met[row];
            if (!slots.empty()) slotsOfSome.push_back(slots[row]);
        }
        out.keyed(name, group, kIntervalRowsVersion, [&](StateWriter& record) {
            record.batch("rows", rows.select(some));
            record.bytes("met", metOfSome);
            if (slots.empty()) return;
            sql::StateFieldsWriter fields;
            fields(kIntervalSlots, slotsOfSome);
            fields.writeTo(record);
        });
    });
}

void IntervalRows::writeRest(std::string_view name, StateWriter& out) const {
    out.i64(passedIntervalRows(name), m_due.watermark());
}

void IntervalRows::freeze(bool whole) {
    if (!m_changes) m_changes = std::make_unique<Changes>(m_rows);
    m_changes->rows.freeze(whole);
}

bool IntervalRows::anyFrozen() const {
    return m_changes && m_changes->rows.anyFrozen();
}

void IntervalRows::writePiece(std::string_view name, StateWriter& out) {
    const RowsByChange::Taken taken = m_changes->rows.takeSome(kIntervalRowsOfPiece);
    const std::size_t count = taken.rows.rows;
    if (count > 0) {
        const std::string met =
            taken.copied ? m_changes->met.substr(taken.first, count) : whichMet(taken.slots);
        // What changes of a row is whether it has met one.
        write(changedIntervalRows(name), taken.rows,
              outer() ? std::span(taken.slots) : std::span<const RowSlot>(), met, everyRow(count), out);
    }
    if (!anyFrozen()) std::string().swap(m_changes->met);  // an assignment would keep the memory
}

Status IntervalRows::read(std::string_view name, const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed(name));
    for (const auto& [keyGroup, record] : records) {
        if (own.contains(keyGroup)) RW_TRY(readRows(record, keyGroup, nullptr));
    }
    RW_TRY_ASSIGN(const auto changes, state.keyed(changedIntervalRows(name)));
    if (changes.empty()) return {};
    Restored restored;
    RW_TRY_ASSIGN(restored.passed, state.i64(passedIntervalRows(name)));
    // Of what was written of a row the last counts: from there no row has to be found again.
    for (auto at = changes.rbegin(); at != changes.rend(); ++at) {
        if (own.contains(at->first)) RW_TRY(readRows(at->second, at->first, &restored));
    }
    return {};
}

Status IntervalRows::readRows(const StateReader& record, int keyGroup, Restored* changes) {
    if (record.version() != kIntervalRowsVersion) return brokenState("version of rows to be joined");
    std::vector<std::uint64_t> hashes;
    RW_TRY_ASSIGN(const Batch batch, readRowsOfGroup(record, m_shape.rows, keyGroup, hashes));
    RW_TRY_ASSIGN(const std::string_view met, record.bytes("met"));
    if (met.size() != batch.rows) return brokenState("which rows have met others");
    std::vector<std::uint32_t> rows = everyRow(batch.rows), keyed;
    if (changes) RW_TRY(leaveOld(record, batch, *changes, rows));
    rowsWithKey(batch, keys(), rows, keyed);
    add(batch, rows, keyed, hashes);
    for (const std::uint32_t row : rows) {
        if (outer() && met[row] != 0) addedMet(row);
    }
    return {};
}

// Among the changes since the whole was written are rows that were let go later. Nothing tells of them, and
// nothing has to: a row goes when the watermark reaches a time that follows from its own, so those that are
// kept at a barrier are those whose time was not reached. That holds of a slot that was used again, too: the
// row that it had is over, in whatever key group it is. What was written more than once is a row that has met
// one in between.
Status IntervalRows::leaveOld(const StateReader& record, const Batch& batch, Restored& restored,
                              std::vector<std::uint32_t>& rows) const {
    const std::span<const Instant> times = batch.column(m_shape.eventTime).values<Instant>();
    std::erase_if(rows, [&](std::uint32_t row) { return dueOf(times[row]) <= restored.passed; });
    if (!outer()) return {};
    std::vector<RowSlot> slots;
    sql::StateFieldsReader fields(record);
    fields(kIntervalSlots, slots);
    RW_TRY(fields.status());
    if (slots.size() != batch.rows) return brokenState("slots of rows to be joined");
    std::erase_if(rows, [&](std::uint32_t row) { return !restored.seen.add(slots[row]); });
    return {};
}

std::size_t IntervalRows::memoryBytes() const {
    return m_rows.memoryBytes() + m_byKey.memoryBytes() + m_due.memoryBytes() + m_met.capacity() +
           (m_changes ? m_changes->rows.memoryBytes() + m_changes->met.capacity() : 0);
}

}  // namespace rw
