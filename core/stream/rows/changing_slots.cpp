#include "core/stream/rows/changing_slots.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/stream/keys/key_groups.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/standing_rows.h"

namespace rw {

namespace {

/// Slots of a piece, looked at in lots; and bytes of texts after which it ends before.
constexpr std::size_t kSlotsOfPiece = 8'192, kSlotsOfLot = 256, kTextsOfPiece = std::size_t{4} << 20;

}  // namespace

ChangingSlots::ChangingSlots(const RowStore& rows, const RowsBySlot& of, std::uint32_t version)
    : m_rows(rows), m_of(of), m_version(version) {}

void ChangingSlots::Some::add(RowSlot row, RowSlot slot, std::uint64_t hash, std::int64_t number) {
    rows.push_back(row);
    slots.push_back(slot);
    hashes.push_back(hash);
    numbers.push_back(number);
}

void ChangingSlots::makeRoom() {
    m_slots.resize(m_rows.slots());
    if (m_isNew.size() < m_rows.slots()) m_isNew.resize(m_rows.slots());
}

void ChangingSlots::came(RowSlot slot) {
    makeRoom();
    if (m_slots.isMarked(slot)) return;
    m_slots.mark({&slot, 1});  // where it is frozen it is so without a row
    m_isNew[slot] = true;
}

void ChangingSlots::willChange(RowSlot slot) {
    if (m_slots.isMarked(slot)) return;
    m_isNew[slot] = false;
    if (!m_slots.mark({&slot, 1}).empty()) copy(slot);
}

void ChangingSlots::willLeave(RowSlot slot) {
    willChange(slot);
    if (m_isNew[slot]) return;  // no checkpoint has it
    m_isNew[slot] = true;
    m_goneSince.slots.push_back(slot);
    m_goneSince.hashes.push_back(m_of.hashOf(slot));
}

void ChangingSlots::copy(RowSlot slot) {
    if (!m_copied) m_copied = std::make_unique<Copied>(m_rows.schema());
    const RowSlot at = m_copied->rows.add(m_rows, slot);
    m_copied->all.add(at, slot, m_of.hashOf(slot), m_of.numberOf(slot));
}

void ChangingSlots::freeze(bool whole) {
    makeRoom();
    m_whole = whole;
    Gone gone = std::exchange(m_goneSince, {});
    if (whole) {
        m_slots.freezeAll();
    } else {
        m_slots.freeze();
        m_gone = std::move(gone);
    }
}

/// What is gone first: the row that came next in its slot may be of the same records.
void ChangingSlots::writePiece(std::string_view name, StateWriter& out) {
    if (!m_gone.slots.empty()) {
        writeGone(name, out);
    } else if (m_slots.anyFrozen()) {
        writeFrozen(name, out);
    } else if (m_copied) {
        writeCopied(name, out);
    }
}

void ChangingSlots::writeGone(std::string_view name, StateWriter& out) {
    const std::size_t count = std::min(kSlotsOfPiece, m_gone.slots.size());
    const std::size_t first = m_gone.slots.size() - count;
    const auto hashOf = [&](std::uint32_t i) { return m_gone.hashes[first + i]; };
    forEachKeyGroup(everyRow(count), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        std::vector<RowSlot> slots;
        for (const std::uint32_t i : some) slots.push_back(m_gone.slots[first + i]);
        out.keyed(changedName(name), keyGroup, m_version,
                  [&slots](StateWriter& record) { writeSlots(kGoneSlots, slots, record); });
    });
    m_gone.slots.resize(first);
    m_gone.hashes.resize(first);
    if (first == 0) m_gone = {};  // releases its memory
}

void ChangingSlots::writeFrozen(std::string_view name, StateWriter& out) {
    Some some;
    std::size_t looked = 0, texts = 0;
    while (looked < kSlotsOfPiece && texts < kTextsOfPiece && m_slots.anyFrozen()) {
        m_slots.takeSome(kSlotsOfLot, m_some);
        looked += m_some.size();
        for (const RowSlot slot : m_some) {
            if (!m_rows.contains(slot)) continue;
            some.add(slot, slot, m_of.hashOf(slot), m_of.numberOf(slot));
            texts += m_rows.textBytes(slot);
        }
    }
    write(name, m_rows, some, out);
}

void ChangingSlots::writeCopied(std::string_view name, StateWriter& out) {
    const Some& all = m_copied->all;
    std::size_t& next = m_copied->next;
    Some some;
    for (std::size_t texts = 0;
         next < all.slots.size() && some.slots.size() < kSlotsOfPiece && texts < kTextsOfPiece; ++next) {
        some.add(all.rows[next], all.slots[next], all.hashes[next], all.numbers[next]);
        texts += m_copied->rows.textBytes(all.rows[next]);
    }
    write(name, m_copied->rows, some, out);
    if (next == all.slots.size()) m_copied.reset();
}

void ChangingSlots::write(std::string_view name, const RowStore& rows, const Some& some,
                          StateWriter& out) const {
    const std::string recordName = m_whole ? std::string(name) : changedName(name);
    const auto hashOf = [&some](std::uint32_t i) { return some.hashes[i]; };
    std::vector<RowSlot> from, slots;
    std::vector<std::int64_t> numbers;
    forEachKeyGroup(everyRow(some.slots.size()), hashOf,
                    [&](int keyGroup, std::span<const std::uint32_t> ofGroup) {
                        from.clear();
                        slots.clear();
                        numbers.clear();
                        for (const std::uint32_t i : ofGroup) {
                            from.push_back(some.rows[i]);
                            slots.push_back(some.slots[i]);
                            numbers.push_back(some.numbers[i]);
                        }
                        out.keyed(recordName, keyGroup, m_version, [&](StateWriter& record) {
                            m_of.writeRows(rows.batchOf(from), numbers, record);
                            writeSlots(kRowSlots, slots, record);
                        });
                    });
}

std::size_t ChangingSlots::memoryBytes() const {
    const auto bytesOf = [](const Gone& gone) {
        return gone.slots.capacity() * sizeof(RowSlot) + gone.hashes.capacity() * sizeof(std::uint64_t);
    };
    std::size_t bytes = sizeof *this + m_slots.memoryBytes() + m_isNew.capacity() / 8 + bytesOf(m_goneSince) +
                        bytesOf(m_gone);
    if (m_copied) {
        const Some& all = m_copied->all;
        bytes +=
            m_copied->rows.memoryBytes() + (all.rows.capacity() + all.slots.capacity()) * sizeof(RowSlot) +
            all.hashes.capacity() * sizeof(std::uint64_t) + all.numbers.capacity() * sizeof(std::int64_t);
    }
    return bytes;
}

}  // namespace rw
