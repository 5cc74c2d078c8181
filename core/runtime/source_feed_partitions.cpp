// The partitions of a source: its events on them, idleness, and how far they are ahead of others.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/readable.h"
#include "core/data/text.h"
#include "core/runtime/source_feed.h"

namespace rw {

namespace {

constexpr std::int64_t kAdvanceEveryMillis = 50;
constexpr std::uint64_t kAlignBytes = 32U << 20;

constexpr Millis kConnectingLasts = 10'000, kOutLasts = 60'000;  // so long, and it is noted once more

bool cutOff(PartitionState state) {
    return state == PartitionState::Disconnected || state == PartitionState::Blocked;
}

/// What its next rows are is unknown, and the watermark waits for them.
bool isOut(PartitionState state) {
    return cutOff(state) || state == PartitionState::Connecting;
}

/// The note when a partition is cut off.
Text cutOffText(const Partition& partition, PartitionState state) {
    const bool blocked = state == PartitionState::Blocked;
    if (partition.name.empty()) {
        return blocked ? RW_TEXT("run", "It is blocked; results wait for it.")
                       : RW_TEXT("run", "It is disconnected; results wait for it.");
    }
    return (blocked ? RW_TEXT("run", "The partition “%1” is blocked; results wait for it.")
                    : RW_TEXT("run", "The partition “%1” is disconnected; results wait for it."))
        .with(partition.name);
}

Text backText(const Partition& partition) {
    return partition.name.empty()
               ? RW_TEXT("run", "It gives rows again.")
               : RW_TEXT("run", "The partition “%1” gives rows again.").with(partition.name);
}

/// The note where a state lasts: of the first partition that is in it, and how many there are besides.
Text lastsText(const Partition& partition, std::size_t others, Millis lasts) {
    const Text length = durationText(lasts);
    const Text what = partition.state == PartitionState::Connecting
                          ? RW_TEXT("run", "It has not been reached for %1.").with(length)
                      : partition.state == PartitionState::Blocked
                          ? RW_TEXT("run", "It has been blocked for %1.").with(length)
                          : RW_TEXT("run", "It has been disconnected for %1.").with(length);
    if (partition.name.empty()) return what;
    if (others == 0) return RW_TEXT("run", "Partition “%1”: %2").with(partition.name, what);
    return RW_TEXT("run", "Partition “%1” and %2 more: %3").with(partition.name, others, what);
}

/// The text on the source's card for as long as it is so.
Text sinceText(const Partition& partition) {
    const PartitionState state = partition.shown;
    const bool blocked = state == PartitionState::Blocked;
    const bool connecting = state == PartitionState::Connecting;
    std::string since;
    appendTimestamp(since, partition.since.load() / 1000 * 1000);
    since = since.substr(0, since.find('.')) + " UTC";
    if (partition.name.empty()) {
        return (blocked      ? RW_TEXT("run", "Blocked since %1.")
                : connecting ? RW_TEXT("run", "Connecting since %1.")
                             : RW_TEXT("run", "Disconnected since %1."))
            .with(since);
    }
    return (blocked      ? RW_TEXT("run", "The partition “%1” is blocked since %2.")
            : connecting ? RW_TEXT("run", "The partition “%1” has not been reached since %2.")
                         : RW_TEXT("run", "The partition “%1” is disconnected since %2."))
        .with(partition.name, since);
}

}  // namespace

Status SourceFeed::learn(bool known, std::int64_t active) {
    const std::vector<PartitionEvent> news = m_source->takePartitionEvents();
    if (news.empty()) return {};
    // In the order of their names, so that those that come together have much room between them.
    std::set<std::string> names;
    for (const PartitionEvent& one : news) {
        if (!one.name.empty()) names.insert(one.name);
    }
    if (!m_several && !names.empty()) {
        return {ErrorCode::Internal,
                RW_TEXT("run", "The source reported partitions that it had not declared."),
                {}};
    }
    for (const std::string& name : names) RW_TRY(m_ordinals.of(name).status());
    for (const PartitionEvent& one : news) {
        if (!one.name.empty()) {
            RW_TRY_ASSIGN(Partition* const partition, find(one.name, known, active));
            become(*partition, one.state, one.reason, active);
            continue;
        }
        eachPartition([&](Partition& partition) {
            // Before any of its partitions is known, a source of several stands as a whole.
            const bool whole = &partition == &m_unnamed && m_lastFound == &m_unnamed;
            if (!m_several || partition.found || whole) become(partition, one.state, one.reason, active);
        });
    }
    return {};
}

Result<Partition*> SourceFeed::find(const std::string& name, bool known, std::int64_t active) {
    const auto restored = m_byName.find(name);
    if (restored != m_byName.end() && restored->second->index >= 0) return restored->second;
    PartitionMark mark;
    const bool starts = m_source->replays || (known && (!m_restored || restored != m_byName.end()));
    // Else it gets the watermark of the others, as one that returns from idleness.
    if (!starts) mark.advancedTo = smallestOfGroup().value_or(kMinTimestamp);
    if (restored != m_byName.end()) {
        mark.partition = restored->second;
        mark.partition->ended = false;  // one that had gone is back
        mark.partition->state = PartitionState::Live;
    } else {
        RW_TRY_ASSIGN(const std::int64_t ordinal, m_ordinals.of(name));
        mark.partition = &add(name, ordinal);
        if (m_source->eventTime >= 0) mark.partition->sent = mark.advancedTo;
    }
    Partition& partition = *mark.partition;
    partition.lastAdvance = std::max(partition.lastAdvance, mark.advancedTo);
    partition.found = true;
    partition.index = static_cast<int>(m_found.size());
    partition.rowsAt = active;
    show(partition, PartitionState::Live);
    partition.since = m_shared.clock->now();
    m_found.push_back(&partition);
    m_marks.push_back(mark);
    ++m_open;
    return &partition;
}

Status SourceFeed::takeAdvances() {
    for (const PartitionAdvance& one : m_source->takeAdvances()) {
        const auto named = m_byName.find(one.name);
        Partition* const partition = one.name.empty()          ? &m_unnamed
                                     : named == m_byName.end() ? nullptr
                                                               : named->second;
        if (!partition) {
            return {ErrorCode::Internal,
                    RW_TEXT("run", "The source gives rows of a partition that it did not tell of."),
                    {}};
        }
        partition->lastAdvance = std::max(partition->lastAdvance, one.advancedTo);
        m_marks.push_back({PartitionMark::Kind::Advanced, partition, one.advancedTo});
    }
    return {};
}

/// A partition of the snapshot that the source does not find: those behind shall not wait for it.
void SourceFeed::loseRestored(Partition& partition) {
    partition.found = true;
    partition.state = PartitionState::Ended;
    show(partition, PartitionState::Ended);
    m_marks.push_back({PartitionMark::Kind::Ended, &partition, kMaxTimestamp});
    ++m_open;
}

Partition& SourceFeed::add(const std::string& name, std::int64_t ordinal) {
    Partition& partition = *m_partitions.emplace_back(std::make_unique<Partition>(name, ordinal));
    m_byName[name] = &partition;
    m_unnamed.outSince = -1;  // it stands for all no more
    m_lastFound->next.store(&partition, std::memory_order_release);
    m_lastFound = &partition;
    return partition;
}

void SourceFeed::become(Partition& partition, PartitionState state, const Text& reason, std::int64_t active) {
    if (partition.state == PartitionState::Ended) return;
    partition.setReason(isOut(state) ? reason : Text());
    if (partition.state == state) return;
    if (cutOff(state)) {
        std::vector<Text> notes{cutOffText(partition, state)};
        if (!reason.empty()) notes.push_back(reason);
        m_shared.note(m_node.node, std::move(notes));
    }
    if (cutOff(partition.state) && !cutOff(state)) {
        m_shared.note(m_node.node, {backText(partition)});
    }
    if (isOut(partition.state) && !isOut(state)) partition.rowsAt = active;
    partition.outSince = isOut(state) ? m_shared.clock->steadyMillis() : -1;
    partition.toldOfLasting = false;
    if (state == PartitionState::Ended && &partition != &m_unnamed)
        m_marks.push_back({PartitionMark::Kind::Ended, &partition, kMaxTimestamp});
    partition.state = state;
    if (state != PartitionState::Drained) partition.idle = false;
    if (!partition.idle) show(partition, state);
}

void SourceFeed::show(Partition& partition, PartitionState state) {
    if (state == PartitionState::Drained) state = PartitionState::Live;
    if (partition.shown == state) return;
    partition.shown = state;
    partition.since = m_shared.clock->now();
}

/// A source that has ended is not out of reach, whatever it told last.
void SourceFeed::showEnd() {
    eachPartition([this](Partition& partition) {
        if (isOut(partition.shown)) show(partition, PartitionState::Ended);
    });
}

std::int64_t SourceFeed::noteLasting(std::int64_t now) {
    std::int64_t lookAt = Poll::kUntilWoken;
    const Partition* first = nullptr;
    std::size_t others = 0;
    Millis lasts = 0;
    eachPartition([&](Partition& partition) {
        if (partition.outSince < 0 || partition.toldOfLasting || !counts(partition)) return;
        const Millis limit = partition.state == PartitionState::Connecting ? kConnectingLasts : kOutLasts;
        if (now - partition.outSince < limit) {
            lookAt = std::min(lookAt, partition.outSince + limit);
            return;
        }
        partition.toldOfLasting = true;
        if (first != nullptr) ++others;
        if (first == nullptr) first = &partition;
        lasts = std::max(lasts, limit);
    });
    if (first != nullptr) m_shared.note(m_node.node, {lastsText(*first, others, lasts)});
    return lookAt;
}

bool SourceFeed::counts(const Partition& partition) const {
    return !partition.ended && (!m_several || &partition != &m_unnamed || m_open == 0);
}

std::int64_t SourceFeed::findIdle(std::int64_t now, std::int64_t active) {
    std::int64_t lookAt = Poll::kUntilWoken;
    if (!m_idleTimeout) return lookAt;
    bool anyIdle = false, newlyIdle = false;
    eachPartition([&](Partition& partition) {
        if (!counts(partition) || partition.state != PartitionState::Drained) return;
        if (partition.rowsAt < 0) partition.rowsAt = active;
        const std::int64_t idleIn = saturatingAdd(partition.rowsAt, *m_idleTimeout) - active;
        if (idleIn > 0) {
            lookAt = std::min(lookAt, saturatingAdd(now, idleIn));
            return;
        }
        anyIdle = true;
        if (partition.idle) return;
        newlyIdle = partition.idle = true;
        show(partition, PartitionState::Idle);
    });
    m_idleLookAt = now + kAdvanceEveryMillis;
    if (!anyIdle) return lookAt;
    if (newlyIdle) m_shared.alignment.moved();
    const Instant group = smallestOfGroup().value_or(kMinTimestamp);
    eachPartition([&](Partition& partition) {
        if (!partition.idle || !counts(partition)) return;
        if (group <= std::max(partition.lastAdvance, sent(partition))) return;
        partition.lastAdvance = group;
        m_marks.push_back({PartitionMark::Kind::Advanced, &partition, group});
    });
    return std::min(lookAt, now + kAdvanceEveryMillis);
}

void SourceFeed::advanceTo(Instant to) {
    raise(m_wanted, to);
    wake();
}

bool SourceFeed::takeWanted() {
    const Instant to = m_wanted;
    if (to <= m_wantedBefore) return false;
    m_wantedBefore = to;
    const std::size_t before = m_marks.size();
    eachPartition([&](Partition& partition) {
        if (!counts(partition) || to <= std::max(partition.lastAdvance, sent(partition))) return;
        partition.lastAdvance = to;
        m_marks.push_back({PartitionMark::Kind::Advanced, &partition, to});
    });
    return m_marks.size() > before;
}

/// Those without event time, here and behind, send no watermark and are left out: no source waits for them.
std::optional<Instant> SourceFeed::smallestOfGroup() const {
    std::optional<Instant> smallest;
    for (const SourceFeed* other : m_group) {
        if (other->m_ended || !other->timed()) continue;
        other->eachPartition([&](const Partition& partition) {
            if (!other->counts(partition) || partition.idle) return;
            smallest = std::min(smallest.value_or(kMaxTimestamp), other->sent(partition));
        });
    }
    return smallest;
}

Instant SourceFeed::sent(const Partition& partition) const {
    if (m_stampers.empty() || (m_several && &partition == &m_unnamed)) return partition.sent;
    Instant smallest = kMaxTimestamp;
    for (const NodeCounters* stamper : m_stampers) {
        smallest = std::min(
            smallest, m_several ? stamper->partitions->of(partition.ordinal) : stamper->watermark.load());
    }
    return smallest;
}

/// The slowest never waits, so among sources that wait for each other one always goes on: the watermark of the
/// source that one waits for is smaller than one's own. One that is cut off keeps the others back until it
/// returns, as in Flink: their rows meanwhile would only pile up below.
bool SourceFeed::heldBack(std::int64_t active) {
    if (!m_aligned) return false;
    for (;;) {
        const Instant resumesAt = updateLeads(smallestOfGroup());
        m_resumesAt = resumesAt;
        const bool waits = resumesAt != kMinTimestamp;
        if (waits != m_waits) waits ? m_shared.alignment.wait(*this) : m_shared.alignment.leave(*this);
        m_waits = waits;
        if (!waits) break;
        // A source that has gone on meanwhile may not have seen that this one waits.
        if (!mayProceed()) break;
    }
    // To wait is no silence.
    eachPartition([active](Partition& partition) {
        if (partition.held) partition.rowsAt = active;
    });
    return !m_several && m_waits;
}

/// The smallest watermark that lets a held partition go on; kMinTimestamp: none is held.
Instant SourceFeed::updateLeads(std::optional<Instant> smallest) {
    const Lead::Amount limit{m_shared.options.alignRows, kAlignBytes};
    Instant resumesAt = kMinTimestamp;
    eachPartition([&](Partition& partition) {
        const bool takesPart = smallest && counts(partition) && !partition.idle;
        const bool held = takesPart && partition.lead.tooFar(sent(partition), *smallest, limit);
        if (held) {
            const Instant at = partition.lead.resumesAt();
            resumesAt = resumesAt == kMinTimestamp ? at : std::min(resumesAt, at);
        }
        if (held != partition.held && partition.index >= 0) m_source->hold(partition.index, held);
        partition.held = partition.waits = held;
    });
    return resumesAt;
}

bool SourceFeed::mayProceed() const {
    const std::optional<Instant> smallest = smallestOfGroup();
    return !smallest || *smallest >= m_resumesAt;
}

Text SourceFeed::holds() const {
    if (m_ended) return {};
    const bool named = m_unnamed.next.load(std::memory_order_acquire) != nullptr;
    const Partition* first = nullptr;
    eachPartition([&](const Partition& partition) {
        if (!isOut(partition.shown) || (named && &partition == &m_unnamed)) return;
        if (first == nullptr || partition.name < first->name) first = &partition;
    });
    if (first != nullptr) return sinceText(*first);
    return waits() ? RW_TEXT("run", "Waits for slower sources") : Text();
}

std::vector<PartitionMetrics> SourceFeed::partitions() const {
    std::map<std::string, PartitionProgress> told;
    Instant nextTry = 0;
    for (PartitionProgress& one : m_source->partitionProgress()) {
        nextTry = std::max(nextTry, one.nextTry);
        told.insert_or_assign(one.name, std::move(one));
    }
    const bool named = m_unnamed.next.load(std::memory_order_acquire) != nullptr;
    std::vector<PartitionMetrics> out;
    eachPartition([&](const Partition& partition) {
        const PartitionState state = partition.shown;
        const auto progress = told.find(partition.name);
        const bool tells = progress != told.end();
        if (&partition == &m_unnamed && (named || !(isOut(state) || (tells && !m_several)))) return;
        PartitionMetrics& metrics = out.emplace_back();
        metrics.name = partition.name;
        metrics.state = state;
        metrics.watermark = sent(partition);
        metrics.since = partition.since;
        metrics.reason = partition.reason();
        metrics.held = partition.waits && state == PartitionState::Live;
        if (state == PartitionState::Disconnected) metrics.nextTry = nextTry;
        if (!tells) return;
        metrics.position = progress->second.position;
        metrics.lag = progress->second.lag;
        metrics.unit = progress->second.unit;
    });
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
}

}  // namespace rw
