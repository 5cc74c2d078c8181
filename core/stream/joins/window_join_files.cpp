// Rows of a window join that go to files, and windows that have such rows.
#include <algorithm>
#include <utility>

#include "core/stream/joins/window_join.h"

namespace rw {

namespace {

/// A side with less than this fraction of the share in memory is not worth a file.
constexpr std::uint64_t kWorthOfShare = 16;
/// Of the share what a block of rows of right takes, but no less than the bytes, and no more.
constexpr std::uint64_t kBlocksOfShare = 8, kLeastBlock = std::uint64_t{256} << 10,
                        kMostBlock = std::uint64_t{16} << 20;
constexpr std::size_t kScannedPerUnit = 16;  // of a call's budget, rows that are only sorted

}  // namespace

std::uint64_t WindowJoin::blockOf(std::uint64_t share) {
    return std::clamp(share / kBlocksOfShare, kLeastBlock, kMostBlock);
}

/// What files take in memory counts towards the share as well, but half of it is always there for rows.
std::uint64_t WindowJoin::kept() const {
    const std::uint64_t files = m_left.side.bytesOfFiles() + m_right.side.bytesOfFiles();
    return stateSize().bytes - files + std::min(files, m_share.bytes() / 2);
}

bool WindowJoin::wantsToSpill() {
    if (!m_share.isBounded() || !m_share.isOver(kept())) return false;
    // Between windows they have no rows, but the memory of many.
    m_index.clear();
    m_left.met = {};
    m_right.met = {};
    if (!m_share.isOver(kept())) return false;
    const auto inMemory = [this](int port) -> std::uint64_t { return input(port).side.bytesOfRows(); };
    const int larger = inMemory(kLeft) > inMemory(kRight) ? kLeft : kRight;
    const std::uint64_t worth = std::max<std::uint64_t>(m_share.bytes() / kWorthOfShare, 1);
    std::uint64_t bytes = inMemory(kLeft) + inMemory(kRight);
    for (const int port : {larger, kLeft + kRight - larger}) {
        if (bytes <= m_share.toKeep() || inMemory(port) < worth) break;
        m_toSpill.insert(m_toSpill.begin(), port);
        bytes -= inMemory(port);
    }
    return !m_toSpill.empty();
}

/// Where nobody has asked for files and none can be written, all stays in memory from then on.
Status WindowJoin::spill(CallBudget& budget) {
    const Status status = spillSome(budget);
    if (status.ok()) return {};
    if (!m_folder->isOptional()) return status;
    m_notes = m_folder->staysInMemory(status.error());
    m_left.side.giveUpSpill();
    m_right.side.giveUpSpill();
    m_toSpill.clear();
    m_share.unbound();
    m_step = Step::None;
    return {};
}

Status WindowJoin::spillSome(CallBudget& budget) {
    while (!m_toSpill.empty() && !budget.spent()) {
        RW_TRY_ASSIGN(const bool more, input(m_toSpill.back()).side.spill(m_folder, budget));
        if (!more) m_toSpill.pop_back();
    }
    if (m_toSpill.empty()) m_step = Step::None;
    return {};
}

void WindowJoin::openStored(CallBudget& budget) {
    m_stored = std::make_unique<Stored>(m_left.side, m_right.side, m_fired);
    budget.spend(1 + (m_left.side.rows().size() + m_right.side.rows().size()) / kScannedPerUnit);
    m_step = Step::Groups;
}

/// Of others no row leaves, neither in a pair nor by itself: what is in files of them is not read.
void WindowJoin::nextGroups() {
    Stored& stored = *m_stored;
    const auto isNeeded = [&](int group) {
        const bool left = stored.left.bytesOf(group) > 0, right = stored.right.bytesOf(group) > 0;
        return (left && right) || (left && leaves(kLeft, false)) || (right && leaves(kRight, false));
    };
    KeyGroups next{stored.groups.end, stored.groups.end};
    while (next.first < kKeyGroups && !isNeeded(next.first)) ++next.first;
    if (next.first == kKeyGroups) {
        // Without rows that leave by themselves all those of right have a key.
        const bool rightHasRows = leaves(kRight, false) ? m_rightHasRows : stored.right.rows() > 0;
        m_hasTried = m_hasTried || (rightHasRows && stored.left.rows() > 0);
        m_stored.reset();
        if (m_report.on()) reportFired();
        m_step = Step::Next;
        return;
    }
    std::uint64_t bytes = 0;
    next.end = next.first;
    do {
        bytes += stored.right.bytesOf(next.end++);
    } while (next.end < kKeyGroups && isNeeded(next.end) &&
             bytes + stored.right.bytesOf(next.end) <= m_block);
    stored.groups = next;
    stored.right.begin(next);
    stored.several = false;
    stored.met.clear();
    m_step = Step::Index;
}

Status WindowJoin::loadBlock(CallBudget& budget) {
    Stored& stored = *m_stored;
    const std::size_t before = stored.block.size();
    RW_TRY_ASSIGN(const bool more, stored.right.next(some(budget), stored.block));
    m_right.met.resize(m_right.side.rows().slots());
    budget.spend(1);
    index(std::span(stored.block).subspan(before), budget);
    stored.rightOver = !more;
    if (more && stored.right.heldBytes() < m_block) return {};
    stored.several = stored.several || more;
    stored.left.begin(stored.groups);
    stored.number = 0;
    stored.chunk.clear();
    m_step = Step::Chunk;
    return {};
}

/// What waits to be emitted is of rows that leave memory.
Status WindowJoin::loadChunk(CallBudget& budget, Output& out) {
    Stored& stored = *m_stored;
    flush(out);
    stored.left.release();
    stored.number += stored.chunk.size();
    stored.chunk.clear();
    m_at = 0;
    budget.spend(1);
    bool more = false;
    // Of several blocks the last one, in which rows leave, may be empty.
    const bool settles = stored.rightOver && (leaves(kLeft, false) || (stored.several && m_settlesLeft));
    if (!m_index.empty() || settles) {
        RW_TRY_ASSIGN(more, stored.left.next(some(budget), stored.chunk));
    }
    if (stored.chunk.empty()) {  // of sections that were read none may have had rows of these key groups
        if (!more) m_step = Step::Right;
        return {};
    }
    m_left.met.resize(m_left.side.rows().slots());
    m_slots = stored.chunk;
    look(budget);
    m_step = Step::Probe;
    return {};
}

void WindowJoin::settleChunk(CallBudget& budget, Output& out) {
    Stored& stored = *m_stored;
    if (stored.several) stored.met.resize(std::max(stored.met.size(), stored.number + stored.chunk.size()));
    for (; m_at < stored.chunk.size() && !budget.spent(); ++m_at, budget.spend(1)) {
        const RowSlot slot = stored.chunk[m_at];
        bool met = std::exchange(m_left.met[slot], std::uint8_t{0}) != 0;
        if (stored.several) {
            met = met || stored.met[stored.number + m_at];
            stored.met[stored.number + m_at] = met;
        }
        if (stored.rightOver && leaves(kLeft, met)) give(slot, kNoRow, out);
    }
    if (m_at == stored.chunk.size()) m_step = Step::Chunk;
}

void WindowJoin::settleBlock(CallBudget& budget, Output& out) {
    Stored& stored = *m_stored;
    for (; m_at < stored.block.size() && !budget.spent(); ++m_at, budget.spend(1)) {
        const RowSlot slot = stored.block[m_at];
        m_index.remove(slot);
        if (leaves(kRight, std::exchange(m_right.met[slot], std::uint8_t{0}) != 0)) give(kNoRow, slot, out);
    }
    if (m_at < stored.block.size()) return;
    flush(out);
    stored.right.release();
    stored.block.clear();
    m_keysThere.clear();
    m_step = stored.rightOver ? Step::Groups : Step::Index;
}

}  // namespace rw
