// Parts of SliceStore that go to files, and are merged with what is in memory.
#include <algorithm>
#include <bit>
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
constexpr int kBitsOfTier = 4;  // a tier has runs of up to 16 times as many groups as the one below
/// Runs of a tier are merged so many at a time: to read a run more costs less than to write its groups anew.
constexpr std::size_t kRunsOfTier = 16;
/// The same where groups are in many of them: else the files would be as many times as large as the state.
constexpr std::size_t kRunsOfAlike = 4;
/// Runs are alike when this part of their groups is left out as they are merged. It grows with their size.
constexpr std::uint64_t kAlike = 10;
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

std::size_t SliceStore::Part::firstToSpill() const {
    if (!others) return 0;
    std::size_t first = frozen ? others->frozen : 0;
    while (first < others->pieces.size() && !others->pieces[first].state) ++first;
    return first;
}

/// The newest runs, once those of the largest tier among them are many.
std::pair<std::size_t, std::size_t> SliceStore::Part::runsToMerge() const {
    const std::vector<Piece>& pieces = others->pieces;
    const std::size_t least = frozen ? others->frozen : 0;
    std::size_t end = pieces.size();
    while (end > least && pieces[end - 1].state) --end;
    const std::size_t most = others->alike ? kRunsOfAlike : kRunsOfTier;
    std::size_t first = end, ofTier = 0;
    int tier = -1;
    for (; first > least && pieces[first - 1].run; --first) {
        const int next = static_cast<int>(std::bit_width(pieces[first - 1].groups())) / kBitsOfTier;
        if (next > tier) {
            if (ofTier >= most) break;
            tier = next;
            ofTier = 0;
        }
        ++ofTier;  // with smaller ones behind those of the tier
    }
    return ofTier < most ? std::pair(end, end) : std::pair(first, end);
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

bool SliceStore::wantsToSpill() {
    if (!m_share.isBounded()) return false;
    if (!m_toSpill.empty()) return true;
    const std::uint64_t growth = std::exchange(m_growth, 0);
    m_keepsRoom = !holdsTooMuch();
    if (!m_keepsRoom) {
        giveRoomBack();
        if (holdsTooMuch()) m_toSpill = largestParts(m_size.bytes - m_index);
    } else if (growth > kWorthAFile && m_share.isOverWith(growth)) {
        giveRoomBack();
        (void)holdsTooMuch();  // which measures what is left
        if (m_share.isOverWith(growth)) m_toSpill = largestParts(m_size.bytes - m_index + growth);
    }
    if (m_toSpill.empty()) takeCrowded();
    return !m_toSpill.empty();
}

/// The index of the runs counts towards the share as well, but half of it is always there for groups: else
/// they would go to files, whose index takes more, with each batch.
bool SliceStore::holdsTooMuch() {
    size();
    return m_share.isOver(m_size.bytes - m_index + std::min(m_index, m_share.bytes() / 2));
}

/// That of parts with few groups in memory, which are not worth a file.
void SliceStore::giveRoomBack() {
    for (const auto& [bytes, tag] : m_large) {
        const auto& [from, slice] = tag;
        Part& part = m_slices.at(slice).at(from);
        if (!part.spilled() || !part.state.keys.isSparse()) continue;
        part.state.shrink();
        unmeasured(slice, part);
    }
}

/// Pieces of many barriers, which may have the same keys.
void SliceStore::takeCrowded() {
    std::erase_if(m_crowded, [this](const Tag& tag) {
        const auto slice = m_slices.find(tag.second);
        if (slice == m_slices.end()) return true;
        const auto part = slice->second.find(tag.first);
        if (part == slice->second.end()) return true;
        if (part->second.frozen) return false;
        if (part->second.bytesToSpill() > 0) m_toSpill.push_back(tag);
        return true;
    });
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
    const Status status = spillOn(budget);
    if (status.ok()) return !m_toSpill.empty();
    if (!m_folder->isOptional()) return status;
    m_notes = m_folder->staysInMemory(status.error());
    m_spill.reset();
    m_toSpill.clear();
    m_share.unbound();
    return false;
}

Status SliceStore::spillOn(CallBudget& budget) {
    while (!m_toSpill.empty() && !budget.spent()) {
        if (!m_spill) RW_TRY(beginSpill());
        RW_TRY(m_spill->groups.run(budget));
        if (!m_spill->groups.busy()) RW_TRY(finishSpill());
    }
    return {};
}

Status SliceStore::beginSpill() {
    const auto& [from, slice] = m_toSpill.back();
    const Part& part = m_slices.at(slice).at(from);
    const std::size_t first = part.firstToSpill();
    dropCompactions(m_toSpill.back(), first);
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
    part.others->pieces.push_back({std::move(run)});
    takeGroupsOut(part);
    part.changes.reset();  // a part with runs is written as a whole
    m_spill.reset();
    m_spilled.insert(slice);
    unmeasured(slice, part);
    m_grown.push_back(m_toSpill.back());
    m_toSpill.pop_back();
    return {};
}

/// Their room stays where the part was full, and will be again.
void SliceStore::takeGroupsOut(Part& part) const {
    if (m_keepsRoom && std::exchange(part.grows, false)) {
        part.state.clear();
    } else {
        part.state = GroupState(*m_plan);
    }
}

Status SliceStore::compactSome(CallBudget& budget) {
    const Status status = compactOn(budget);
    if (status.ok() || !m_folder->isOptional()) return status;
    // The runs stay as they are. One that can't be read is found when its groups are asked for.
    m_compaction.reset();
    m_grown.clear();
    return {};
}

Status SliceStore::compactOn(CallBudget& budget) {
    for (std::size_t i = 0; i < m_compacted.size();) {
        if (isBeingWritten(m_compacted[i])) {
            ++i;
            continue;
        }
        Compaction compacted = std::move(m_compacted[i]);
        m_compacted.erase(m_compacted.begin() + static_cast<std::ptrdiff_t>(i));
        finishCompaction(compacted);
    }
    while (!budget.spent()) {
        if (!m_compaction) RW_TRY(beginCompaction());
        if (!m_compaction) return {};
        RW_TRY(m_compaction->groups.run(budget));
        if (m_compaction->groups.busy()) return {};
        RW_TRY_ASSIGN(m_compaction->made, m_compaction->groups.finish());
        Compaction compacted = std::move(*m_compaction);
        m_compaction.reset();
        if (isBeingWritten(compacted)) {
            m_compacted.push_back(std::move(compacted));
        } else {
            finishCompaction(compacted);
        }
    }
    return {};
}

/// What a checkpoint writes stands until it has been written.
bool SliceStore::isBeingWritten(const Compaction& compaction) const {
    const auto& [from, slice] = compaction.tag;
    const Part& part = m_slices.at(slice).at(from);
    return part.frozen && compaction.first < part.others->frozen;
}

/// Of the next part that has runs to merge, if there is one.
Status SliceStore::beginCompaction() {
    while (!m_compaction && !m_grown.empty()) {
        const Tag tag = m_grown.back();
        m_grown.pop_back();
        const auto slice = m_slices.find(tag.second);
        if (slice == m_slices.end()) continue;
        const auto part = slice->second.find(tag.first);
        if (part == slice->second.end() || !part->second.others) continue;
        const auto [first, end] = part->second.runsToMerge();
        if (first == end) continue;
        auto merge = std::make_unique<KeyGroupMerge>(*m_plan, portion());
        for (std::size_t i = first; i < end; ++i) part->second.others->pieces[i].addTo(*merge);
        RW_TRY_ASSIGN(GroupsSpill groups, GroupsSpill::begin(std::move(merge), m_folder));
        m_compaction.emplace(Compaction{tag, first, end, std::move(groups)});
    }
    return {};
}

/// Its run takes the place of those that it was made of.
void SliceStore::finishCompaction(Compaction& compacted) {
    const auto& [from, slice] = compacted.tag;
    Part& part = m_slices.at(slice).at(from);
    std::vector<Part::Piece>& pieces = part.others->pieces;
    const auto first = pieces.begin() + static_cast<std::ptrdiff_t>(compacted.first),
               end = pieces.begin() + static_cast<std::ptrdiff_t>(compacted.end);
    std::uint64_t groups = 0;
    for (auto piece = first; piece != end; ++piece) groups += piece->groups();
    part.others->alike = compacted.made->items() < groups - groups / kAlike;
    *first = {std::move(compacted.made)};
    pieces.erase(first + 1, end);
    const auto move = [&compacted](Compaction& other) {
        if (other.tag != compacted.tag || other.first < compacted.end) return;
        other.first -= compacted.end - compacted.first - 1;
        other.end -= compacted.end - compacted.first - 1;
    };
    for (Compaction& other : m_compacted) move(other);
    if (m_compaction) move(*m_compaction);
    unmeasured(slice, part);
    m_grown.push_back(compacted.tag);
}

/// Of a part: those of pieces from `first` on.
void SliceStore::dropCompactions(const Tag& tag, std::size_t first) {
    const auto isOf = [&](const Compaction& compaction) {
        return compaction.tag == tag && first < compaction.end;
    };
    if (m_compaction && isOf(*m_compaction)) m_compaction.reset();
    std::erase_if(m_compacted, isOf);
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
