// Groups of a GroupAggregate that leave for files, and the rows that wait for them.
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/stream/aggregates/group_aggregate.h"

namespace rw {

namespace {

/// Of the share of memory: what is not worth writing files.
constexpr std::uint64_t kLeastOfShare = 16;
/// What groups take besides while they leave.
constexpr std::uint64_t kLeavingOfState = 8;
/// Keys whose groups are looked up together; about so many bytes of groups.
constexpr std::size_t kMostKeys = 4'096, kMostBytes = std::size_t{4} << 20;

}  // namespace

void GroupAggregate::findOrWait(const Batch& rows) {
    m_groups.findKnown(m_input, m_rows, m_rowGroups, m_unknown);
    m_lookups.rows += m_rows.size() + m_unknown.size();
    m_lookups.inMemory += m_rows.size();
    if (m_unknown.empty()) return;
    m_moments.clear();
    if (m_ttl.on()) {
        for (const std::uint32_t row : m_unknown) m_moments.push_back(m_ttl.momentOf(row));
    }
    m_waiting.add(rows, m_input.keyColumns(), m_input.hashes(), m_unknown, m_moments);
}

/// Brings the groups of some keys here whose rows wait.
Status GroupAggregate::takeWaiting(CallBudget& budget, Output& out) {
    if (!m_waiting.next(m_ttl.reached(), outputPorts, out)) return {};
    const std::size_t away = m_groups.away();
    const std::uint64_t each = away == 0 ? 1 : 1 + m_groups.bytesInFiles() / away;
    WaitingRows::Taken taken =
        m_waiting.take(static_cast<std::size_t>(std::clamp<std::uint64_t>(kMostBytes / each, 1, kMostKeys)));
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
    m_dropping = m_ttl.on() && m_ttl.reached() > kMinTimestamp;  // rows of a state come before any moment
    m_hasGrown = m_share.isBounded();
    return {};
}

bool GroupAggregate::wantsLeaving() {
    if (!m_share.isBounded()) return false;
    const std::size_t known = std::exchange(m_known, m_groups.size());
    m_came = m_groups.size() - std::min(known, m_groups.size());
    const bool over = isOver();
    if (m_groups.wantsLeaving()) return true;
    if (!over || m_groups.standing() == 0) return false;
    // What stayed the last time, or is there for a checkpoint alone, is no reason to begin again.
    const std::uint64_t table = m_groups.tableBytes(), least = m_share.bytes() / kLeastOfShare;
    m_stayed = std::min(m_stayed, m_groups.standing());
    m_stayedBytes = std::min(m_stayedBytes, table);
    return (m_groups.standing() - m_stayed) * (table / m_groups.standing()) >= least ||
           table - m_stayedBytes >= least;
}

/// Whether some have to leave, now or before as many come as came last.
bool GroupAggregate::isOver() {
    const std::uint64_t bytes = stateSize().bytes;
    const bool over = m_share.isOver(bytes + bytes / kLeavingOfState);
    m_keepsRoom = !over && m_groups.anyLeft();  // else files and rows that wait will need it
    return over || m_share.isOverWith(m_groups.growth(2 * m_came));
}

/// So many groups that with all else there is as much as should be.
std::size_t GroupAggregate::mostToStay() {
    if (!isOver()) return m_groups.standing();
    const std::uint64_t toKeep = m_share.toKeep(), groups = m_groups.tableBytes();
    const std::uint64_t others = stateSize().bytes - groups;
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
    if (!m_groups.leaving()) {
        const std::size_t most = mostToStay();
        m_groups.beginLeaving(most, m_keepsRoom);
    }
    if (Status status = m_groups.leave(budget, leastMoment()); !status.ok()) {
        if (!m_context.spill->isOptional()) return status;
        m_notes = m_context.spill->staysInMemory(status.error());
        m_share.unbound();
        m_groups.stay();
    }
    if (m_groups.leaving()) return {};
    m_stayed = m_groups.standing();
    m_stayedBytes = m_groups.tableBytes();
    m_places.clear();  // numbers are others now
    if (!m_keepsRoom) m_places.shrink_to_fit();
    m_leaving = false;
    return {};
}

}  // namespace rw
