#include "core/stream/rows/standing_rows.h"

#include <cstring>
#include <limits>
#include <unordered_map>
#include <utility>

namespace rw {

namespace {

/// By slot: the last record of changes that tells of it, if that has a row in it.
using LastRecords = std::unordered_map<RowSlot, std::size_t>;
constexpr std::size_t kNoRecord = std::numeric_limits<std::size_t>::max();

Result<std::vector<RowSlot>> slotsOf(const StateReader& record, std::string_view field) {
    RW_TRY_ASSIGN(const std::string_view bytes, record.bytes(field, {}));
    if (bytes.size() % sizeof(RowSlot) != 0) return brokenState("slots of rows");
    std::vector<RowSlot> slots(bytes.size() / sizeof(RowSlot));
    if (!slots.empty()) std::memcpy(slots.data(), bytes.data(), bytes.size());
    return slots;
}

/// What the changes say, in their order.
Result<LastRecords> lastRecords(const std::vector<std::pair<int, StateReader>>& changes,
                                std::uint32_t version, const KeyGroups& own) {
    LastRecords last;
    for (std::size_t number = 0; number < changes.size(); ++number) {
        const auto& [keyGroup, record] = changes[number];
        if (!own.contains(keyGroup)) continue;
        if (record.version() != version) return brokenState("version of changed rows");
        RW_TRY_ASSIGN(const std::vector<RowSlot> gone, slotsOf(record, kGoneSlots));
        for (const RowSlot slot : gone) last[slot] = kNoRecord;
        RW_TRY_ASSIGN(const std::vector<RowSlot> slots, slotsOf(record, kRowSlots));
        for (const RowSlot slot : slots) {
            const auto [found, isNew] = last.try_emplace(slot, number);
            if (!isNew && std::exchange(found->second, number) == number)
                return brokenState("a slot of two rows");
        }
    }
    return last;
}

}  // namespace

std::string changedName(std::string_view name) {
    return "changed_" + std::string(name);
}

void writeSlots(std::string_view field, std::span<const RowSlot> slots, StateWriter& record) {
    record.bytes(field, {reinterpret_cast<const char*>(slots.data()), slots.size_bytes()});
}

Result<std::vector<std::uint32_t>> StandingRows::among(std::size_t rows) const {
    if (!standing) return everyRow(rows);
    if (rows != slots) return brokenState("the number of slots of rows");
    return *standing;
}

Result<std::vector<StandingRows>> standingRows(const StateReader& state, std::string_view name,
                                               std::uint32_t version, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto changes, state.keyed(changedName(name)));
    RW_TRY_ASSIGN(const LastRecords last, lastRecords(changes, version, own));
    std::vector<StandingRows> found;
    RW_TRY_ASSIGN(const auto records, state.keyed(name));
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != version) return brokenState("version of rows that are kept");
        StandingRows rows{keyGroup, record};
        if (record.has(kRowSlots)) {
            RW_TRY_ASSIGN(const std::vector<RowSlot> slots, slotsOf(record, kRowSlots));
            rows.slots = slots.size();
            rows.standing.emplace();
            for (std::uint32_t row = 0; row < slots.size(); ++row) {
                if (!last.contains(slots[row])) rows.standing->push_back(row);
            }
        }
        if (!rows.standing || !rows.standing->empty()) found.push_back(std::move(rows));
    }
    for (std::size_t number = 0; number < changes.size(); ++number) {
        const auto& [keyGroup, record] = changes[number];
        if (!own.contains(keyGroup)) continue;
        RW_TRY_ASSIGN(const std::vector<RowSlot> slots, slotsOf(record, kRowSlots));
        StandingRows rows{keyGroup, record, slots.size(), std::vector<std::uint32_t>()};
        for (std::uint32_t row = 0; row < slots.size(); ++row) {
            if (last.at(slots[row]) == number) rows.standing->push_back(row);
        }
        if (!rows.standing->empty()) found.push_back(std::move(rows));
    }
    return found;
}

Result<std::vector<Batch>> readStanding(const StateReader& state, std::string_view name,
                                        const HeldShape& shape, const KeyGroups& own) {
    std::vector<Batch> batches;
    RW_TRY_ASSIGN(const std::vector<StandingRows> records, standingRows(state, name, kHeldVersion, own));
    std::vector<std::uint64_t> hashes;
    for (const StandingRows& each : records) {
        RW_TRY_ASSIGN(Batch batch, readRowsOfGroup(each.record, shape, each.keyGroup, hashes));
        RW_TRY_ASSIGN(const std::vector<std::uint32_t> standing, each.among(batch.rows));
        batches.push_back(standing.size() == batch.rows ? std::move(batch) : batch.select(standing));
    }
    return batches;
}

}  // namespace rw
