// Parts of SliceStore that go to files, and are merged with what is in memory.
#include <algorithm>
#include <utility>

#include "core/stream/windows/slice_store.h"

namespace rw {

namespace {
/// A part with less than this fraction of the share in memory is not worth a file.
constexpr std::uint64_t kPartsOfShare = 64;
/// Where none is, the state has to grow by this fraction of the share before they are looked at again.
constexpr std::uint64_t kGrowths = 8;
}  // namespace

void SliceStore::Part::addFixedTo(KeyGroupMerge& merge) const {
    if (!others) return;
    for (const auto& run : others->runs) merge.add(*run);
    for (const auto& one : others->sealed) merge.add(*one);
}

void SliceStore::Part::addTo(KeyGroupMerge& merge) const {
    addFixedTo(merge);
    merge.add(state);
}

std::vector<const GroupState*> SliceStore::Part::inMemory() const {
    std::vector<const GroupState*> states;
    if (others) {
        for (const auto& one : others->sealed) states.push_back(one.get());
    }
    if (state.keys.size() > 0) states.push_back(&state);
    return states;
}

bool SliceStore::wantsToSpill() {
    if (m_share == 0) return false;
    if (!m_toSpill.empty()) return true;
    const std::uint64_t bytes = size().bytes;
    if (bytes <= m_share) m_notBelow = 0;
    if (bytes <= m_share || bytes < m_notBelow) return false;
    m_toSpill = largestParts();
    if (m_toSpill.empty()) m_notBelow = bytes + m_share / kGrowths;
    return !m_toSpill.empty();
}

/// As many as have to go until half of the share is free again. Groups that a checkpoint has to write yet
/// stay where they are until it has.
std::vector<SliceStore::Tag> SliceStore::largestParts() const {
    std::vector<std::pair<std::uint64_t, Tag>> found;
    for (const auto& [slice, parts] : m_slices) {
        for (const auto& [from, part] : parts) {
            if (part.anyFrozen()) continue;
            std::uint64_t bytes = 0;
            for (const GroupState* const state : part.inMemory()) bytes += state->memoryBytes();
            if (bytes > 0 && bytes >= m_share / kPartsOfShare) found.emplace_back(bytes, Tag(from, slice));
        }
    }
    std::sort(found.begin(), found.end());
    std::vector<Tag> largest;
    std::uint64_t left = m_size.bytes;
    for (auto part = found.rbegin(); part != found.rend() && left > m_share / 2; ++part) {
        largest.push_back(part->second);
        left -= std::min(left, part->first);
    }
    return largest;
}

Result<bool> SliceStore::spillSome(CallBudget& budget) {
    while (!m_toSpill.empty()) {
        if (budget.spent()) return true;
        if (!m_spill) RW_TRY(beginSpill());
        RW_TRY(m_spill->run(budget));
        if (!m_spill->busy()) RW_TRY(finishSpill());
    }
    return false;
}

Status SliceStore::beginSpill() {
    const auto& [from, slice] = m_toSpill.back();
    const Part& part = m_slices.at(slice).at(from);
    RW_TRY_ASSIGN(GroupsSpill spill, GroupsSpill::begin(*m_plan, part.inMemory(), m_folder));
    m_spill = std::move(spill);
    return {};
}

/// The file has the groups now: the memory is free.
Status SliceStore::finishSpill() {
    const auto& [from, slice] = m_toSpill.back();
    Part& part = m_slices.at(slice).at(from);
    RW_TRY_ASSIGN(std::unique_ptr<SortedRun> run, m_spill->finish());
    m_spill.reset();
    if (!part.others) part.others = std::make_unique<Part::Others>();
    part.others->runs.push_back(std::move(run));
    part.others->sealed.clear();
    part.state = GroupState(*m_plan);
    part.changes.reset();  // a part with runs is written as a whole
    m_spilled.insert(slice);
    unmeasured(slice, part);
    m_toSpill.pop_back();
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
