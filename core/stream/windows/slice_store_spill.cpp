// Parts of SliceStore that go to files, and are merged with what is in memory.
#include <algorithm>
#include <limits>
#include <utility>

#include "core/stream/windows/slice_store.h"

namespace rw {

namespace {
/// A part with less than this fraction of the share in memory is not worth a file …
constexpr std::uint64_t kPartsOfShare = 64;
/// … nor one of so many bytes, unless the share is small itself: each run has an index in memory.
constexpr std::uint64_t kWorthAFile = std::uint64_t{64} << 10;
constexpr std::uint64_t kPartsOfSmallShare = 4;
/// A portion is this fraction of the share, but no less than the bytes.
constexpr std::uint64_t kPortionsOfShare = 8, kLeastPortion = std::uint64_t{256} << 10;
}  // namespace

void SliceStore::Part::Piece::addTo(KeyGroupMerge& merge) const {
    if (state) {
        merge.add(*state);
    } else {
        merge.add(*run);
    }
}

void SliceStore::Part::addTo(KeyGroupMerge& merge) const {
    if (others) {
        for (const Piece& piece : others->pieces) piece.addTo(merge);
    }
    merge.add(state);
}

/// All that is in memory, and the runs before it that have no more groups than what follows them.
std::size_t SliceStore::Part::firstToSpill() const {
    if (!others) return 0;
    const std::vector<Piece>& pieces = others->pieces;
    const std::size_t least = frozen ? others->frozen : 0;
    std::size_t first = least;
    while (first < pieces.size() && !pieces[first].state) ++first;
    std::uint64_t groups = state.keys.size();
    for (std::size_t i = first; i < pieces.size(); ++i) groups += pieces[i].groups();
    while (first > least && pieces[first - 1].groups() <= groups) groups += pieces[--first].groups();
    return first;
}

std::uint64_t SliceStore::Part::bytesToSpill() const {
    if (!others) return anyFrozen() || state.keys.size() == 0 ? 0 : state.memoryBytes();
    std::uint64_t bytes = state.keys.size() > 0 ? state.memoryBytes() : 0;
    for (std::size_t i = frozen ? others->frozen : 0; i < others->pieces.size(); ++i) {
        if (const auto& sealed = others->pieces[i].state) bytes += sealed->memoryBytes();
    }
    return bytes;
}

std::uint64_t SliceStore::portion() const {
    return std::clamp(m_share.bytes() / kPortionsOfShare, kLeastPortion, KeyGroupMerge::kMostBytesOfPortion);
}

std::uint64_t SliceStore::leastToSpill() const {
    return std::max<std::uint64_t>(
        {m_share.bytes() / kPartsOfShare, std::min(m_share.bytes() / kPartsOfSmallShare, kWorthAFile), 1});
}

/// The index of the runs counts towards the share as well, but half of it is always there for groups: else
/// they would go to files, whose index takes more, with each batch.
bool SliceStore::wantsToSpill() {
    if (!m_share.isBounded()) return false;
    if (!m_toSpill.empty()) return true;
    size();
    const std::uint64_t bytes = m_size.bytes - m_index;
    if (m_share.isOver(bytes + std::min(m_index, m_share.bytes() / 2))) m_toSpill = largestParts(bytes);
    return !m_toSpill.empty();
}

std::vector<SliceStore::Tag> SliceStore::largestParts(std::uint64_t bytes) const {
    const std::uint64_t toKeep = m_share.toKeep();
    std::vector<Tag> largest;
    for (auto part = m_large.rbegin(); part != m_large.rend() && bytes > toKeep; ++part) {
        const auto& [from, slice] = part->second;
        const std::uint64_t goes = m_slices.at(slice).at(from).bytesToSpill();
        if (goes < leastToSpill()) continue;
        largest.push_back(part->second);
        bytes -= std::min(bytes, goes);
    }
    return largest;
}

Result<bool> SliceStore::spillSome(CallBudget& budget) {
    while (!m_toSpill.empty()) {
        if (budget.spent()) return true;
        if (!m_spill) RW_TRY(beginSpill());
        RW_TRY(m_spill->groups.run(budget));
        if (!m_spill->groups.busy()) RW_TRY(finishSpill());
    }
    return false;
}

Status SliceStore::beginSpill() {
    const auto& [from, slice] = m_toSpill.back();
    const Part& part = m_slices.at(slice).at(from);
    const std::size_t first = part.firstToSpill();
    if (!part.others || first == part.others->pieces.size()) {
        RW_TRY_ASSIGN(GroupsSpill groups, GroupsSpill::begin(part.state, m_folder));
        m_spill.emplace(Spilling{first, std::move(groups)});
        return {};
    }
    auto merge = std::make_unique<KeyGroupMerge>(*m_plan, portion());
    for (std::size_t i = first; i < part.others->pieces.size(); ++i) part.others->pieces[i].addTo(*merge);
    merge->add(part.state);
    RW_TRY_ASSIGN(GroupsSpill groups, GroupsSpill::begin(std::move(merge), m_folder));
    m_spill.emplace(Spilling{first, std::move(groups)});
    return {};
}

/// The file has the groups now: the memory is free. What a checkpoint writes is before them, if it has not
/// been written meanwhile.
Status SliceStore::finishSpill() {
    const auto& [from, slice] = m_toSpill.back();
    Part& part = m_slices.at(slice).at(from);
    RW_TRY_ASSIGN(std::unique_ptr<SortedRun> run, m_spill->groups.finish());
    if (!part.others) part.others = std::make_unique<Part::Others>();
    part.others->pieces.resize(m_spill->first);
    part.others->pieces.push_back({std::move(run), nullptr});
    part.state = GroupState(*m_plan);
    part.changes.reset();  // a part with runs is written as a whole
    m_spill.reset();
    m_spilled.insert(slice);
    unmeasured(slice, part);
    m_toSpill.pop_back();
    return {};
}

Status SliceStore::spillAll() {
    while (wantsToSpill()) {
        CallBudget budget(std::numeric_limits<std::uint32_t>::max());
        RW_TRY(spillSome(budget).status());
    }
    return {};
}

bool SliceStore::anySpilled(const Window& window) const {
    if (m_spilled.empty()) return false;
    if (m_slicing.sliceIsWindow()) return m_spilled.contains(window);
    const auto slice = m_spilled.upper_bound({window.start, kMaxTimestamp});
    return slice != m_spilled.end() && slice->end <= window.end;
}

void SliceStore::addTo(KeyGroupMerge& merge, const Window& window) const {
    const auto addParts = [&](const Slice& parts) {
        for (const auto& [from, part] : parts) {
            if (from > window.end) break;
            part.addTo(merge);
        }
    };
    if (m_slicing.sliceIsWindow()) {
        if (const auto slice = m_slices.find(window); slice != m_slices.end()) addParts(slice->second);
        return;
    }
    for (auto slice = m_slices.upper_bound({window.start, kMaxTimestamp});
         slice != m_slices.end() && slice->first.end <= window.end; ++slice) {
        addParts(slice->second);
    }
}

}  // namespace rw
