// Groups of a GroupAggregate that leave for files, and the rows that wait for them.
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/stream/aggregates/group_aggregate.h"

namespace rw {

namespace {

/// Of the share of memory: what rows that wait take; and what is not worth writing files.
constexpr std::uint64_t kWaitingOfShare = 4, kLeastOfShare = 16;
/// What groups take besides while they leave.
constexpr std::uint64_t kLeavingOfState = 8;
/// Keys whose groups are looked up together; about so many bytes of groups.
constexpr std::size_t kMostKeys = 4'096, kMostBytes = std::size_t{4} << 20;

}  // namespace

std::unique_ptr<WaitingRows> GroupAggregate::makeWaiting() const {
    return std::make_unique<WaitingRows>(*m_plan, m_share.bytes() / kWaitingOfShare, m_context.batchRows);
}

void GroupAggregate::findOrWait(const Batch& rows) {
    m_groups.findKnown(m_input, m_rows, m_rowGroups, m_unknown);
    m_lookups.rows += m_rows.size() + m_unknown.size();
    m_lookups.inMemory += m_rows.size();
    if (m_unknown.empty()) return;
    if (!m_waiting) m_waiting = makeWaiting();
    m_waiting->add(rows, m_input.keyColumns(), m_input.hashes(), m_unknown, m_context.clock->steadyMillis());
}

std::int64_t GroupAggregate::wakesAt() const {
    if (m_takesWaiting) return m_goesOnAt;
    if (!rowsWait()) return kNever;
    return m_context.stopping() ? 0 : m_waiting->dueAt();
}

void GroupAggregate::takeWaitingIfDue() {
    if (m_takesWaiting || !rowsWait()) return;
    // A run that is stopped has no second left.
    const bool atOnce = m_takesAll || m_context.stopping();
    if (!atOnce && !m_waiting->due(m_context.clock->steadyMillis())) return;
    m_waiting->close();
    m_takesWaiting = true;
    m_closedAt = m_watermark;
}

/// Brings the groups of some keys here whose rows wait.
Status GroupAggregate::takeWaiting(CallBudget& budget, Output& out) {
    if (m_takesWaiting && !m_waiting->hasMore()) {
        m_takesWaiting = false;
        m_takenUpTo = m_closedAt;
        passWatermark(out);
        m_takesAll = m_takesAll && rowsWait();  // some have come meanwhile
    }
    takeWaitingIfDue();
    if (!m_takesWaiting) {
        m_takesAll = false;
        return {};
    }
    const std::size_t away = m_groups.away();
    const std::uint64_t each = away == 0 ? 1 : 1 + m_groups.bytesInFiles() / away;
    WaitingRows::Taken taken =
        m_waiting->take(static_cast<std::size_t>(std::clamp<std::uint64_t>(kMostBytes / each, 1, kMostKeys)));
    RW_TRY(m_groups.load(taken.keys));
    budget.spend(taken.keys.size() + taken.rows);
    std::move(taken.batches.begin(), taken.batches.end(), std::back_inserter(m_batches));
    return {};
}

/// Of rows that waited.
Status GroupAggregate::takeNextBatch(Output& out) {
    m_batch = std::move(m_batches.front());
    m_batches.pop_front();
    m_areHere = true;
    RW_TRY(take(m_input.take(m_batch), out));
    m_hasGrown = m_share.isBounded();
    return {};
}

/// As far as no row waits that came before it.
void GroupAggregate::passWatermark(Output& out) {
    if (!m_forward) return;
    const Instant upTo = rowsWait() ? std::min(*m_forward, m_takenUpTo) : *m_forward;
    if (upTo == *m_forward) m_forward.reset();
    if (upTo <= m_passed) return;
    m_passed = upTo;
    for (int port = 0; port < outputPorts; ++port) out.watermark(port, upTo);
}

bool GroupAggregate::wantsLeaving() {
    if (!m_share.isBounded()) return false;
    if (m_groups.wantsLeaving()) return true;
    const std::uint64_t bytes = stateSize().bytes;
    if (!m_share.isOver(bytes + bytes / kLeavingOfState) || m_groups.standing() == 0) return false;
    // What stayed the last time, or is there for a checkpoint alone, is no reason to begin again.
    const std::uint64_t table = m_groups.tableBytes();
    m_stayed = std::min(m_stayed, table);
    return table - m_stayed >= m_share.bytes() / kLeastOfShare;
}

/// So many groups that with all else there is as much as should be.
std::size_t GroupAggregate::mostToStay() {
    const std::uint64_t all = stateSize().bytes, groups = m_groups.tableBytes();
    if (!m_share.isOver(all + all / kLeavingOfState)) return m_groups.standing();
    const std::uint64_t toKeep = m_share.toKeep(), others = all - groups;
    const std::uint64_t each =
        std::max<std::uint64_t>(groups / std::max<std::size_t>(m_groups.standing(), 1), 1);
    const auto most = static_cast<std::size_t>((toKeep - std::min(toKeep, others)) / each);
    return std::min(most, m_groups.standing() / 4 * 3);  // it is worth the work
}

/// As a state is restored, before any row comes.
Status GroupAggregate::leaveAtOnce() {
    for (m_leaving = wantsLeaving(); m_leaving;) {
        CallBudget budget(m_context.batchRows);
        RW_TRY(leave(budget));
    }
    return {};
}

/// Where nobody has asked for files and none can be written, all stays in memory from then on.
Status GroupAggregate::leave(CallBudget& budget) {
    if (!m_groups.leaving()) m_groups.beginLeaving(mostToStay());
    if (Status status = m_groups.leave(budget); !status.ok()) {
        if (!m_context.spill->isOptional()) return status;
        m_notes = m_context.spill->staysInMemory(status.error());
        m_share.unbound();
        m_groups.stay();
    }
    if (m_groups.leaving()) return {};
    m_stayed = m_groups.tableBytes();
    std::vector<std::uint32_t>().swap(m_places);  // numbers are others now
    m_leaving = false;
    return {};
}

}  // namespace rw
