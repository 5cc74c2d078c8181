#include "core/stream/key_table.h"

#include <algorithm>
#include <numeric>

#include "core/data/state_reader.h"
#include "core/stream/key_hash.h"

namespace rw {

namespace {

constexpr std::size_t kFirstSlots = 16;
constexpr std::size_t kAhead = 12;  // rows between asking memory for a slot and looking at it

template <class T>
bool sameKey(const T& a, const T& b) {
    return a == b;
}

/// Short texts, which most keys are, compare as two words.
template <>
bool sameKey(const StringRef& a, const StringRef& b) {
    std::uint64_t wordsA[2], wordsB[2];
    std::memcpy(wordsA, &a, sizeof wordsA);
    std::memcpy(wordsB, &b, sizeof wordsB);
    if (wordsA[0] != wordsB[0]) return false;
    return wordsA[1] == wordsB[1] || (!a.isInline() && a.view() == b.view());
}

}  // namespace

KeyTable::KeyTable(std::span<const Type> types) : m_slots(kFirstSlots) {
    m_columns.reserve(types.size());
    for (const Type type : types) m_columns.emplace_back(type);
}

std::uint32_t KeyTable::append(std::span<const Column* const> columns, std::size_t row, std::uint64_t hash,
                               std::size_t place) {
    const auto group = static_cast<std::uint32_t>(m_hashes.size());
    m_hashes.push_back(hash);
    for (std::size_t i = 0; i < m_columns.size(); ++i) m_columns[i].append(*columns[i], row);
    m_slots[place] = {tagOf(hash), group};
    if (m_hashes.size() * 2 > m_slots.size()) grow();
    return group;
}

void KeyTable::grow() {
    m_slots.assign(m_slots.size() * 4, Slot{});
    const std::size_t mask = m_slots.size() - 1;
    for (std::uint32_t group = 0; group < m_hashes.size(); ++group) {
        std::size_t place = placeOf(m_hashes[group]);
        while (m_slots[place].group != kFree) place = (place + 1) & mask;
        m_slots[place] = {tagOf(m_hashes[group]), group};
    }
}

template <class Equals>
void KeyTable::find(std::span<const Column* const> columns, std::span<const std::uint64_t> hashes,
                    std::span<const std::uint32_t> rows, std::uint32_t* groups, Equals equals) {
    std::uint64_t lastHash = 0;
    std::uint32_t lastGroup = kFree;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + kAhead < rows.size()) __builtin_prefetch(&m_slots[placeOf(hashes[rows[i + kAhead]])]);
        const std::uint32_t row = rows[i];
        const std::uint64_t hash = hashes[row];
        if (hash == lastHash && lastGroup != kFree && equals(lastGroup, row)) {
            groups[i] = lastGroup;
            continue;
        }
        std::size_t place = placeOf(hash);
        while (true) {
            const Slot slot = m_slots[place];
            if (slot.group == kFree) {
                lastGroup = append(columns, row, hash, place);
                break;
            }
            if (slot.tag == tagOf(hash) && equals(slot.group, row)) {
                lastGroup = slot.group;
                break;
            }
            place = (place + 1) & (m_slots.size() - 1);
        }
        lastHash = hash;
        groups[i] = lastGroup;
    }
}

void KeyTable::findOrInsert(std::span<const Column* const> columns, std::span<const std::uint64_t> hashes,
                            std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& groups) {
    groups.resize(rows.size());
    if (rows.empty()) return;
    if (m_columns.empty()) {
        if (m_hashes.empty()) append(columns, 0, 0, 0);
        std::fill(groups.begin(), groups.end(), 0U);
        return;
    }
    const KeyColumn& first = m_columns.front();
    const bool plain = m_columns.size() == 1 && columns[0]->validity().allValid() && !first.hasNulls();
    const auto plainFind = [&]<class T>() {
        const T* values = columns[0]->values<T>().data();
        find(columns, hashes, rows, groups.data(), [&first, values](std::uint32_t group, std::uint32_t row) {
            return sameKey(first.at<T>(group), values[row]);
        });
    };
    const TypeId type = first.type().id;
    if (plain && type == TypeId::String) return plainFind.template operator()<StringRef>();
    if (plain && type != TypeId::Double && widthOf(type) == 8)
        return plainFind.template operator()<std::int64_t>();
    if (plain && widthOf(type) == 4) return plainFind.template operator()<std::int32_t>();
    find(columns, hashes, rows, groups.data(), [&](std::uint32_t group, std::uint32_t row) {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if (!m_columns[i].equals(group, *columns[i], row)) return false;
        }
        return true;
    });
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
    std::vector<std::uint32_t> all(rows), groups;
    std::iota(all.begin(), all.end(), 0U);
    const std::size_t known = size();
    findOrInsert(keys, hashes, all, groups);
    for (std::size_t i = 0; i < rows; ++i) {
        if (groups[i] != known + i) return brokenState("a key that is there twice");
    }
    return {};
}

void KeyTable::insert(const KeyTable& other, std::span<const std::uint32_t> groups,
                      std::vector<std::uint32_t>& targets) {
    std::vector<ColumnRef> keys;
    std::vector<const Column*> columns;
    for (const KeyColumn& column : other.m_columns) {
        keys.push_back(column.gather(groups));
        columns.push_back(keys.back().get());
    }
    std::vector<std::uint64_t> hashes;
    hashes.reserve(groups.size());
    for (const std::uint32_t group : groups) hashes.push_back(other.m_hashes[group]);
    std::vector<std::uint32_t> rows(groups.size());
    std::iota(rows.begin(), rows.end(), 0U);
    findOrInsert(columns, hashes, rows, targets);
}

std::size_t KeyTable::memoryBytes() const {
    std::size_t bytes = m_hashes.capacity() * sizeof(std::uint64_t) + m_slots.capacity() * sizeof(Slot);
    for (const KeyColumn& column : m_columns) bytes += column.memoryBytes();
    return bytes;
}

}  // namespace rw
