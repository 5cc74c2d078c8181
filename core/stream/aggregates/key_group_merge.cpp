#include "core/stream/aggregates/key_group_merge.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/data/state_reader.h"

namespace rw {

namespace {
constexpr std::size_t kIndexedPerUnit = 8;  // of a call's budget, groups that are only counted
constexpr std::uint64_t kReadAtOnce = std::uint64_t{256} << 10;  // bytes of sections, unless one is larger
}

std::vector<std::uint32_t> byKeyGroup(const KeyTable& keys, std::array<std::uint64_t, kKeyGroups>& counts) {
    const auto groups = static_cast<std::uint32_t>(keys.size());
    const auto keyGroup = [&keys](std::uint32_t group) {
        return static_cast<std::size_t>(keyGroupOf(keys.hash(group)));
    };
    std::array<std::uint32_t, kKeyGroups> next{};  // how many there are, then where the next one goes
    for (std::uint32_t group = 0; group < groups; ++group) ++next[keyGroup(group)];
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < next.size(); ++i) {
        counts[i] += next[i];
        begin += std::exchange(next[i], begin);
    }
    std::vector<std::uint32_t> order(groups);
    for (std::uint32_t group = 0; group < groups; ++group) order[next[keyGroup(group)]++] = group;
    return order;
}

Status KeyGroupMerge::run(CallBudget& budget) {
    while (m_busy && !budget.spent()) {
        if (m_indexed < m_pieces.size()) {
            index(m_pieces[m_indexed++], budget);
        } else if (m_end == 0) {
            nextKeyGroups();
        } else if (m_at == m_pieces.size()) {
            m_busy = false;
        } else if (Piece& piece = m_pieces[m_at]; piece.run) {
            RW_TRY_ASSIGN(const bool more, addRun(piece, budget));
            if (!more) ++m_at;
        } else if (!addState(piece, budget)) {
            ++m_at;
        }
    }
    return {};
}

void KeyGroupMerge::next() {
    m_groups.clear();
    m_onlyOf = nullptr;
    m_at = 0;
    m_busy = true;
    nextKeyGroups();
}

void KeyGroupMerge::index(Piece& piece, CallBudget& budget) {
    std::uint64_t groups = 0;
    if (piece.run) {
        for (const SortedRun::Section& section : piece.run->sections()) {
            m_counts[static_cast<std::size_t>(section.keyGroup)] += section.items;
            m_bytes[static_cast<std::size_t>(section.keyGroup)] += section.size;
        }
        groups = piece.run->items();
        budget.spend(1 + piece.run->sections().size() / kIndexedPerUnit);
    } else {
        std::array<std::uint64_t, kKeyGroups> counts{};
        piece.order = byKeyGroup(piece.state->keys, counts);
        groups = piece.order.size();
        const std::uint64_t each = groups == 0 ? 0 : piece.state->memoryBytes() / groups;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            m_counts[i] += counts[i];
            m_bytes[i] += counts[i] * each;
        }
        budget.spend(1 + piece.order.size() / kIndexedPerUnit);
    }
    m_left += groups;
}

/// Key groups up to the first that has any, and those behind it as long as there is room.
void KeyGroupMerge::nextKeyGroups() {
    std::uint64_t groups = 0, bytes = 0;
    while (m_end < kKeyGroups) {
        const auto keyGroup = static_cast<std::size_t>(m_end);
        const bool fits =
            groups + m_counts[keyGroup] <= kGroupsOfPortion && bytes + m_bytes[keyGroup] <= m_portion;
        if (groups > 0 && !fits) break;
        groups += m_counts[keyGroup];
        bytes += m_bytes[keyGroup];
        ++m_end;
    }
    m_left -= groups;
}

bool KeyGroupMerge::addState(Piece& piece, CallBudget& budget) {
    const KeyTable& keys = piece.state->keys;
    const auto isOfPortion = [&](std::size_t place) {
        return place < piece.order.size() && keyGroupOf(keys.hash(piece.order[place])) < m_end;
    };
    std::size_t end = piece.next;
    const std::size_t most = piece.next + budget.left();
    while (end < most && isOfPortion(end)) ++end;
    const auto some = std::span(piece.order).subspan(piece.next, end - piece.next);
    if (!some.empty()) m_groups.merge(*piece.state, some);
    m_onlyOf = nullptr;
    budget.spend(1 + some.size());
    piece.next = end;
    return isOfPortion(end);
}

/// Some sections at a time: each has as many groups as a portion at most.
Result<bool> KeyGroupMerge::addRun(Piece& piece, CallBudget& budget) {
    const auto sections = piece.run->sections();
    const auto isOfPortion = [&] {
        return piece.next < sections.size() && sections[piece.next].keyGroup < m_end;
    };
    budget.spend(1);
    if (!isOfPortion()) return false;
    const std::size_t first = piece.next;
    std::uint64_t size = 0;
    do size += sections[piece.next++].size;
    while (isOfPortion() && size + sections[piece.next].size <= kReadAtOnce);
    const auto some = sections.subspan(first, piece.next - first);
    RW_TRY_ASSIGN(const std::string bytes, piece.run->read(some));
    for (const SortedRun::Section& section : some) {
        const auto written =
            std::string_view(bytes).substr(section.offset - some.front().offset, section.size);
        RW_TRY_ASSIGN(const StateReader record, StateReader::unsealed(written));
        // The keys of one run are all different: those of the first one need no sums of their own.
        if (m_groups.keys.size() == 0 || m_onlyOf == piece.run) {
            RW_TRY(m_groups.restore(record, section.keyGroup));
            m_onlyOf = piece.run;
        } else {
            RW_TRY(m_groups.mergeSaved(record, section.keyGroup, Aggregates(*m_plan)));
            m_onlyOf = nullptr;
        }
        budget.spend(section.items);
    }
    return isOfPortion();
}

std::size_t KeyGroupMerge::memoryBytes() const {
    std::size_t bytes = sizeof *this + m_pieces.capacity() * sizeof(Piece) + m_groups.memoryBytes();
    for (const Piece& piece : m_pieces) bytes += piece.order.capacity() * sizeof(std::uint32_t);
    return bytes;
}

}  // namespace rw
