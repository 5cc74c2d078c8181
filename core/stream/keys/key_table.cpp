#include "core/stream/keys/key_table.h"

#include <algorithm>
#include <numeric>

#include "core/data/state_reader.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/key_value.h"

namespace rw {

KeyTable::KeyTable(std::span<const Type> types) : m_slots(kFirstSlots, kFree) {
    m_columns.reserve(types.size());
    for (const Type type : types) m_columns.emplace_back(type);
}

void KeyTable::grow() {
    const std::size_t slots = m_slots.size() * kGrows;
    m_slots = std::vector<Slot>();  // first: the old ones are not needed besides
    m_slots.assign(slots, kFree);
    placeAll();
}

/// Puts all groups into slots, which are free.
void KeyTable::placeAll() {
    const std::size_t mask = m_slots.size() - 1;
    for (std::uint32_t group = 0; group < m_hashes.size(); ++group) {
        std::size_t place = m_hashes[group] & mask;
        while (m_slots[place] != kFree) place = (place + 1) & mask;
        m_slots[place] = highHalf(m_hashes[group]) | group;
    }
}

/// Looks at the first two slots where a key may be, and nearly all are there. Without a branch on the result
/// the processor looks at many rows at once, however cold their slots are.
template <class IsKey>
void KeyTable::lookAt(const std::uint64_t* hashes, std::span<const std::uint32_t> rows, Looked& looked,
                      IsKey isKey) const {
    const Slot* const slots = m_slots.data();
    const std::uint64_t mask = m_slots.size() - 1, last = m_hashes.size() - 1;
    std::uint32_t* const groups = looked.groups;
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t row = rows[i];
        const std::uint64_t hash = hashes[row], high = highHalf(hash);
        const std::uint64_t group = std::min(slots[hash & mask] ^ high, slots[(hash + 1) & mask] ^ high);
        const auto any = static_cast<std::uint32_t>(std::min(group, last));  // one that is there
        const bool other = (group > last) | !isKey(any, row);
        groups[i] = any;
        looked.others[count] = i;
        count += other ? 1 : 0;
    }
    looked.count = count;
}

template <class CellsOf>
void KeyTable::look(CellsOf cellsOf, const std::uint64_t* hashes, std::span<const std::uint32_t> rows,
                    Looked& looked) const {
    const KeyCells keys = m_columns.front().cells(), cells = cellsOf(0);
    const bool cold = m_slots.size() > kWarmSlots;
    if (m_columns.size() == 1 && !keys.valid && !cells.valid && !cold) {
        return withKeyType(m_columns.front().type().id, [&]<class T>() {
            lookAt(hashes, rows, looked, [&](std::uint32_t group, std::uint32_t row) {
                return sameKey<T>(keys, group, cells, row);
            });
        });
    }
    // A row waits for its slot and then for its key. Steps of their own let many rows wait at once for each.
    if (cold) {
        const std::uint64_t mask = m_slots.size() - 1;
        for (const std::uint32_t row : rows) __builtin_prefetch(&m_slots[hashes[row] & mask]);
    }
    lookAt(hashes, rows, looked, [](std::uint32_t, std::uint32_t) { return true; });
    std::uint8_t found[kBlock];
    std::fill_n(found, rows.size(), std::uint8_t{1});
    for (const std::uint32_t i : std::span(looked.others, looked.count)) found[i] = 0;
    for (std::size_t c = 0; c < m_columns.size(); ++c)
        m_columns[c].compare({looked.groups, rows.size()}, cellsOf(c), rows, found);
    looked.count = 0;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        looked.others[looked.count] = i;
        looked.count += found[i] ^ 1U;
    }
}

/// The groups of the others, one after the other. The keys of new groups are appended all together; until
/// then they stand in the rows alone.
template <class CellsOf>
void KeyTable::insertOthers(CellsOf cellsOf, const std::uint64_t* hashes, std::span<const std::uint32_t> rows,
                            const Looked& looked) {
    const std::size_t known = m_hashes.size();
    std::uint32_t fresh[kBlock];
    const auto isKey = [&](std::uint64_t group, std::uint32_t row) {
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            const KeyCells cells = cellsOf(c);
            const bool same = group < known ? m_columns[c].same(m_columns[c].cells(), group, cells, row)
                                            : m_columns[c].same(cells, fresh[group - known], cells, row);
            if (!same) return false;
        }
        return true;
    };
    for (const std::uint32_t i : std::span(looked.others, looked.count)) {
        const std::uint32_t row = rows[i];
        const std::uint64_t hash = hashes[row], high = highHalf(hash), size = m_hashes.size();
        const std::size_t mask = m_slots.size() - 1;
        std::size_t place = hash & mask;
        std::uint64_t group = size;
        for (; m_slots[place] != kFree; place = (place + 1) & mask) {
            group = m_slots[place] ^ high;
            if (group < size && isKey(group, row)) break;
            group = size;
        }
        looked.groups[i] = static_cast<std::uint32_t>(group);
        if (group < size) continue;
        m_slots[place] = high | group;
        m_hashes.push_back(hash);
        fresh[size - known] = row;
        if (m_hashes.size() * 2 > m_slots.size()) grow();
    }
    const std::size_t added = m_hashes.size() - known;
    if (added == 0) return;
    for (std::size_t c = 0; c < m_columns.size(); ++c) m_columns[c].append(cellsOf(c), {fresh, added});
}

template <class CellsOf>
void KeyTable::find(CellsOf cellsOf, std::span<const std::uint64_t> hashes,
                    std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& groups) {
    groups.resize(rows.size());
    if (m_columns.empty() && !rows.empty()) {
        if (m_hashes.empty()) m_hashes.push_back(0);
        std::fill(groups.begin(), groups.end(), 0U);
        return;
    }
    for (std::size_t from = 0; from < rows.size(); from += kBlock) {
        const auto block = rows.subspan(from, std::min(kBlock, rows.size() - from));
        Looked looked;
        looked.groups = groups.data() + from;
        if (m_hashes.empty()) {
            looked.count = block.size();
            std::iota(looked.others, looked.others + looked.count, 0U);
        } else {
            look(cellsOf, hashes.data(), block, looked);
        }
        insertOthers(cellsOf, hashes.data(), block, looked);
    }
}

void KeyTable::findOrInsert(std::span<const Column* const> columns, std::span<const std::uint64_t> hashes,
                            std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& groups) {
    find([columns](std::size_t c) { return KeyCells(*columns[c]); }, hashes, rows, groups);
}

void KeyTable::findKnown(std::span<const Column* const> columns, std::span<const std::uint64_t> hashes,
                         std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& groups) const {
    groups.assign(rows.size(), m_columns.empty() && !m_hashes.empty() ? 0 : kAbsent);
    if (m_columns.empty() || m_hashes.empty()) return;
    const auto cellsOf = [columns](std::size_t c) { return KeyCells(*columns[c]); };
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t from = 0; from < rows.size(); from += kBlock) {
        const auto block = rows.subspan(from, std::min(kBlock, rows.size() - from));
        Looked looked;
        looked.groups = groups.data() + from;
        look(cellsOf, hashes.data(), block, looked);
        for (const std::uint32_t i : std::span(looked.others, looked.count)) {
            const std::uint64_t hash = hashes[block[i]], high = highHalf(hash);
            const auto isKey = [&](std::uint64_t group) {
                for (std::size_t c = 0; c < m_columns.size(); ++c) {
                    if (!m_columns[c].same(m_columns[c].cells(), group, cellsOf(c), block[i])) return false;
                }
                return true;
            };
            looked.groups[i] = kAbsent;
            for (std::size_t at = hash & mask; m_slots[at] != kFree; at = (at + 1) & mask) {
                const std::uint64_t group = m_slots[at] ^ high;
                if (group >= m_hashes.size() || !isKey(group)) continue;
                looked.groups[i] = static_cast<std::uint32_t>(group);
                break;
            }
        }
    }
}

std::vector<ColumnRef> KeyTable::columns(std::span<const std::uint32_t> groups) const {
    std::vector<ColumnRef> columns;
    columns.reserve(m_columns.size());
    for (const KeyColumn& column : m_columns) columns.push_back(column.gather(groups));
    return columns;
}

std::vector<Type> KeyTable::types() const {
    std::vector<Type> types;
    for (const KeyColumn& column : m_columns) types.push_back(column.type());
    return types;
}

KeyTable KeyTable::emptied() const {
    return KeyTable(types());
}

Status KeyTable::restore(std::span<const ColumnRef> columns, std::size_t rows, int keyGroup) {
    const std::size_t known = size();
    std::vector<std::uint32_t> groups;
    RW_TRY(add(columns, rows, keyGroup, groups));
    for (std::size_t i = 0; i < rows; ++i) {
        if (groups[i] != known + i) return brokenState("a key that is there twice");
    }
    return {};
}

Status KeyTable::add(std::span<const ColumnRef> columns, std::size_t rows, int keyGroup,
                     std::vector<std::uint32_t>& targets) {
    if (columns.size() != m_columns.size() || (columns.empty() && rows > 1))
        return brokenState("the columns of keys");
    std::vector<const Column*> keys;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i]->type() != m_columns[i].type() || columns[i]->size() != rows)
            return brokenState("a column of keys");
        keys.push_back(columns[i].get());
    }
    std::vector<std::uint64_t> hashes(rows);  // 0 where there are no columns
    if (!keys.empty()) hashKeys(keys, rows, hashes);
    for (const std::uint64_t hash : hashes) {
        if (keyGroupOf(hash) != keyGroup) return brokenState("a key in the state of others");
    }
    std::vector<std::uint32_t> all(rows);
    std::iota(all.begin(), all.end(), 0U);
    findOrInsert(keys, hashes, all, targets);
    return {};
}

/// Whether the groups are all of `other`, in their order, and all that will be here.
bool KeyTable::becomesCopy(const KeyTable& other, std::span<const std::uint32_t> groups) const {
    if (!m_hashes.empty() || groups.size() != other.size() || m_slots.size() > other.m_slots.size() ||
        other.isSparse())  // all of its room would be copied
        return false;
    for (std::uint32_t i = 0; i < groups.size(); ++i) {
        if (groups[i] != i) return false;
    }
    return true;
}

void KeyTable::insert(const KeyTable& other, std::span<const std::uint32_t> groups,
                      std::vector<std::uint32_t>& targets) {
    if (becomesCopy(other, groups)) {
        *this = other;
        targets.assign(groups.begin(), groups.end());
        return;
    }
    find([&other](std::size_t c) { return other.m_columns[c].cells(); }, other.m_hashes, groups, targets);
}

void KeyTable::keep(std::span<const std::uint32_t> groups) {
    for (std::size_t i = 0; i < groups.size(); ++i) m_hashes[i] = m_hashes[groups[i]];
    m_hashes.resize(groups.size());
    for (KeyColumn& column : m_columns) column.keep(groups);
    std::fill(m_slots.begin(), m_slots.end(), kFree);
    placeAll();
}

void KeyTable::shrink() {
    m_hashes.shrink_to_fit();
    for (KeyColumn& column : m_columns) column.shrink();
    std::size_t slots = kFirstSlots;
    while (m_hashes.size() * 2 > slots) slots *= kGrows;
    if (slots >= m_slots.size()) return;
    m_slots = std::vector<Slot>(slots, kFree);
    placeAll();
}

std::size_t KeyTable::growth(std::size_t keys) const {
    if (m_columns.empty()) return 0;
    const std::size_t after = m_hashes.size() + keys, room = m_hashes.capacity();
    std::size_t slots = m_slots.size();
    while (after * 2 > slots) slots *= kGrows;
    std::size_t bytes = (slots - m_slots.size()) * sizeof(Slot);
    if (after > room) bytes += (std::max(after, 2 * room) - room) * sizeof(std::uint64_t);
    for (const KeyColumn& column : m_columns) bytes += column.growth(keys);
    return bytes;
}

std::size_t KeyTable::memoryBytes() const {
    std::size_t bytes = m_hashes.capacity() * sizeof(std::uint64_t) + m_slots.capacity() * sizeof(Slot);
    for (const KeyColumn& column : m_columns) bytes += column.memoryBytes();
    return bytes;
}

}  // namespace rw
