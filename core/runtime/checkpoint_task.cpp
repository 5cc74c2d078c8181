#include "core/runtime/checkpoint_task.h"

#include <algorithm>
#include <utility>

#include "core/data/text.h"
#include "core/runtime/barrier_wait.h"
#include "core/runtime/tape_task.h"

namespace rw {

namespace {

/// From then on a checkpoint that is under way is worth a word; whom it waits for is asked again so often.
constexpr Millis kPatienceMillis = 20'000, kLookAgainMillis = 2'000;

std::string timeText(Instant wall) {
    std::string text;
    appendTimestamp(text, wall / 1000 * 1000);
    return text.substr(0, text.find('.')) + " UTC";
}

/// What happened, and what to do about it.
Text troubleOf(const Error& error) {
    return error.fix.empty() ? error.message : RW_TEXT("checkpoint", "%1 %2").with(error.message, error.fix);
}

}  // namespace

CheckpointTask::CheckpointTask(RunShared& shared, TaskGraph& graph, std::function<void()> wakeWaiting)
    : m_shared(shared),
      m_graph(graph),
      m_wakeWaiting(std::move(wakeWaiting)),
      m_nextAt(saturatingAdd(shared.clock->steadyMillis(), shared.options.checkpoints.every)) {
    blocking = true;
    m_metrics.on = true;
    m_metrics.number = shared.epochsBefore;
    // Where only the sinks have to commit no executor knows the task.
    if (!m_shared.finishing) m_shared.barriers.onSettled([this] { m_shared.executor->schedule(*this); });
    if (m_shared.options.checkpoints.seen) m_shared.barriers.standStill();
    if (SinkTask* const decider = m_graph.decider()) {
        decider->onCommitted([this](Epoch epoch) {
            m_decided = epoch;
            if (!m_shared.finishing) m_shared.executor->schedule(*this);
        });
    }
}

void CheckpointTask::takeLast(Millis patience, std::function<void()> then) {
    {
        const std::lock_guard lock(m_mutex);
        m_then = std::move(then);
        m_lastPatience = patience;
        m_lastUntil = m_shared.clock->steadyMillis() + patience;
    }
    m_lastAsked = true;
    m_shared.executor->schedule(*this);
}

Step CheckpointTask::work() {
    for (;;) {
        if (m_shared.failed || m_shared.stopRequest >= StopRequest::Now) return Step::Done;
        const bool last = m_lastAsked;
        const std::int64_t now = m_shared.clock->steadyMillis();
        if (m_pending) writeParts();
        if (m_pending && m_shared.barriers.settled()) {
            m_pending = false;
            tellPassed();
            take();
            if (m_isLast && !m_written) return endLast();
        } else if (m_written && !waitsForDecision()) {
            tellPassed();
            complete();
            if (m_isLast) return endLast();
        } else if (m_pending || m_written) {
            if (const std::optional<Step> waits = await(last, now)) return *waits;
            return endLast();
        } else if (!last && now < m_nextAt) {
            return waitUntil(m_nextAt);
        } else if (!last && !m_shared.options.checkpoints.store->wants()) {
            // At once it would ask for ever.
            m_nextAt = saturatingAdd(now, std::max<Millis>(1, m_shared.options.checkpoints.every));
        } else if (!begin(last)) {
            return last ? endLast() : Step::Done;
        } else {
            // Where a checkpoint takes longer than they are apart, and every node has ended, the next one
            // would be there at once, again and again: the run ends between two steps.
            return Step::Again;
        }
    }
}

std::optional<Step> CheckpointTask::await(bool last, std::int64_t now) {
    if (!last) {
        if (now >= m_lookAt) tellWait();
        return waitUntil(m_lookAt);
    }
    std::int64_t until = 0;
    {
        const std::lock_guard lock(m_mutex);
        until = m_lastUntil;
    }
    if (now < until) return waitUntil(until);
    tellTrouble(RW_TEXT("checkpoint",
                        "What was under way did not come through in time for a last "
                        "checkpoint: a run that goes on begins with the one before."));
    return std::nullopt;
}

bool CheckpointTask::begin(bool last) {
    const std::uint64_t kept = m_shared.kept.newest();
    m_shared.wireRows.begin(m_shared.barriers.requested() + 1);
    if (!m_shared.barriers.request(m_shared.options.checkpoints.store->takesChanges())) return false;
    m_parts.clear();
    m_partStatus = {};
    m_partBytes.clear();
    m_keptBefore = kept;
    m_pending = true;
    m_isLast = last;
    m_beganAt = m_shared.clock->steadyMillis();
    m_lookAt = saturatingAdd(m_beganAt, kPatienceMillis);
    m_began = m_shared.clock->now();
    {
        const std::lock_guard lock(m_mutex);
        m_metrics.underWay = true;
        m_waitsSince = m_began;
    }
    m_wakeWaiting();
    return true;
}

void CheckpointTask::tellWait() {
    m_lookAt = saturatingAdd(m_shared.clock->steadyMillis(), kLookAgainMillis);
    if (m_shared.stands || !m_shared.barriers.hasRoom()) return;  // no node is to blame
    const std::set<NodeId> missing = m_shared.barriers.missing();
    if (missing.empty() && !m_written) return;  // the last has passed just now
    const NodeId node =
        m_written ? m_graph.decider()->operatorId().node : keepsBarrier(m_shared, m_graph, missing);
    {
        const std::lock_guard lock(m_mutex);
        m_metrics.waitsFor = node;
    }
    // Where each takes long it is said once.
    if (!m_told.insert(node).second) return;
    m_toldNow.insert(node);
    m_shared.note(node, {RW_TEXT("checkpoint", "The checkpoint that was begun at %1 waits for this node.")
                             .with(timeText(m_began))});
}

void CheckpointTask::tellPassed() {
    {
        const std::lock_guard lock(m_mutex);
        if (m_metrics.waitsFor.empty()) m_told.clear();
        m_metrics.waitsFor.clear();
    }
    const std::string after = formatDuration((m_shared.clock->steadyMillis() - m_beganAt) / 1000 * 1000);
    for (const NodeId& node : std::exchange(m_toldNow, {})) {
        m_shared.note(node, {RW_TEXT("checkpoint",
                                     "The checkpoint that was begun at %1 waits for this node no longer: its "
                                     "barrier has come through after %2.")
                                 .with(timeText(m_began), after)});
    }
}

void CheckpointTask::writeParts() {
    const std::vector<SnapshotCoordinator::Part> parts = m_shared.barriers.takeParts();
    // Of a run that is stopped no checkpoint is whole any more.
    const auto isOver = [this] { return m_shared.failed || m_shared.stopRequest >= StopRequest::Now; };
    for (std::size_t next = 0; next < parts.size() && m_partStatus.ok() && !isOver();) {
        setWritten(m_shared.clock->steadyMillis());
        if (parts[next].named.run) {
            m_partStatus = addRuns(parts, next);
        } else {
            m_partStatus = addPart(parts[next], parts[next].bytes);
            ++next;
        }
        setWritten(-1);
    }
}

Status CheckpointTask::addPart(const SnapshotCoordinator::Part& of, std::string_view bytes) {
    RW_TRY_ASSIGN(std::string name, m_shared.options.checkpoints.store->add(bytes));
    m_parts[{of.id, of.instance}].push_back(std::move(name));
    m_partBytes[of.id.node] += bytes.size();
    return {};
}

Status CheckpointTask::addRuns(std::span<const SnapshotCoordinator::Part> parts, std::size_t& next) {
    constexpr std::size_t kMostAtOnce = 64;
    const CheckpointOptions& options = m_shared.options.checkpoints;
    const SnapshotCoordinator::Part& first = parts[next];
    std::vector<NamedRun> named, written;
    for (const std::size_t end = std::min(parts.size(), next + kMostAtOnce); next < end; ++next) {
        const SnapshotCoordinator::Part& part = parts[next];
        if (!part.named.run || part.id != first.id || part.instance != first.instance) break;
        (part.named.run->bytes() < options.filesFrom ? written : named).push_back(part.named);
    }
    if (!named.empty()) {
        RW_TRY_ASSIGN(const std::vector<CheckpointStore::AddedRun> added, options.store->addRuns(named));
        for (std::size_t i = 0; i < added.size(); ++i) {
            if (added[i].part.empty()) {
                written.push_back(named[i]);
                continue;
            }
            m_parts[{first.id, first.instance}].push_back(added[i].part);
            m_partBytes[first.id.node] += added[i].written;
        }
    }
    return addContent(first, written);
}

Status CheckpointTask::addContent(const SnapshotCoordinator::Part& of, std::span<const NamedRun> runs) {
    constexpr std::size_t kPartBytes = std::size_t{4} << 20;
    StateWriter content;
    for (const auto& [field, run] : runs) {
        for (std::size_t next = 0; next < run->sections().size();) {
            RW_TRY(writeContent(*run, field, next, kPartBytes, content));
            if (content.size() >= kPartBytes) RW_TRY(addPart(of, content.takeFields()));
        }
    }
    const std::string rest = content.takeFields();
    return rest.empty() ? Status() : addPart(of, rest);
}

void CheckpointTask::setWritten(std::int64_t since) {
    const std::lock_guard lock(m_mutex);
    m_writtenSince = since;
    // A last checkpoint that goes on is waited for.
    if (since < 0 && m_lastAsked) m_lastUntil = m_shared.clock->steadyMillis() + m_lastPatience;
}

void CheckpointTask::take() {
    writeParts();  // all have come by now
    Result<StateSnapshot> snapshot = m_shared.barriers.wait();
    // The states lack the work that a stop makes the tasks drop; a run that failed has nothing whole.
    const bool whole = snapshot.ok() && !m_shared.failed && m_shared.stopRequest < StopRequest::Now;
    if (m_shared.options.checkpoints.seen) {
        if (whole) snapshot->seen = m_shared.record.seen(m_graph.countedRows(m_shared.barriers.requested()));
        m_shared.barriers.takenDown();
        m_wakeWaiting();
    }
    if (!whole) return;
    snapshot->number = m_shared.epoch();
    setWritten(m_shared.clock->steadyMillis());
    const Result<CheckpointSize> size = write(*snapshot);
    setWritten(-1);
    if (m_shared.tape && size.ok()) m_shared.tape->begin(m_shared.barriers.requested(), *snapshot);
    if (size.ok()) {
        m_written = Written{std::move(*snapshot), *size, m_shared.barriers.requested()};
        if (m_graph.decider()) {
            letDecide();
        } else {
            complete();
        }
    } else if (m_graph.isTransactional()) {
        m_shared.fail(size.status());
    } else {
        tellTrouble(troubleOf(size.error()));
    }
    m_nextAt = std::max(saturatingAdd(m_beganAt, m_shared.options.checkpoints.every),
                        m_shared.clock->steadyMillis());
}

void CheckpointTask::letDecide() {
    // If the run fails now it may resume from there, with the counts of that barrier.
    m_shared.record.expect(m_written->snapshot.number, countedAt(m_written->barrier));
    SinkTask& decider = *m_graph.decider();
    decider.letCommit(m_written->snapshot.number);
    if (const Result<bool> ended = decider.commitEnded(); !ended.ok()) m_shared.fail(ended.status());
}

void CheckpointTask::complete() {
    const Epoch epoch = m_written->snapshot.number;
    if (m_graph.decider() != nullptr) {
        if (const Status status = m_shared.options.checkpoints.store->decided(epoch); !status.ok()) {
            m_shared.fail(status);
            m_written.reset();
            return;
        }
    }
    tell(m_written->snapshot, m_written->size, m_written->barrier);
    m_shared.barriers.setKept();
    m_written.reset();
    for (const auto& sink : m_graph.sinks()) {
        if (sink->isTransactional() && sink.get() != m_graph.decider()) sink->letCommit(epoch);
    }
    for (const auto& [node, feed] : m_graph.feeds()) feed->checkpointed(epoch);
}

Result<CheckpointSize> CheckpointTask::write(StateSnapshot& snapshot) {
    RW_TRY(m_partStatus);
    for (auto& [id, instances] : snapshot.changes) {
        for (StateSnapshot::Changes& changes : instances)
            changes.parts = std::move(m_parts[{id, changes.instance}]);
    }
    snapshot.pending = m_graph.decider() != nullptr;
    RW_TRY(m_graph.addEnded(snapshot));
    snapshot.began = m_graph.began();
    RW_TRY_ASSIGN(CheckpointSize size, m_shared.options.checkpoints.store->write(snapshot));
    for (const auto& [node, bytes] : m_partBytes) size.addWritten(node, bytes);
    return size;
}

Status CheckpointTask::writeEnd() {
    try {
        return writeEndOrThrow();
    } catch (...) {
        return statusOfException();
    }
}

Status CheckpointTask::writeEndOrThrow() {
    m_beganAt = m_shared.clock->steadyMillis();
    StateSnapshot snapshot;
    snapshot.number = m_shared.lastEpoch();
    snapshot.began = m_graph.began();
    snapshot.ended = true;
    snapshot.pending = m_graph.decider() != nullptr;
    for (const auto& sink : m_graph.sinks()) RW_TRY(sink->stateInto(snapshot));
    for (const auto& [node, feed] : m_graph.feeds()) {
        if (feed->acknowledges()) snapshot.states[feed->operatorId()] = {feed->stateAtEnd()};
    }
    RW_TRY_ASSIGN(const CheckpointSize size, m_shared.options.checkpoints.store->write(snapshot));
    m_keptBefore = m_shared.kept.newest();
    m_written = Written{std::move(snapshot), size, 0};
    if (m_graph.decider() == nullptr) {
        tell(m_written->snapshot, size, 0);
    } else {
        m_shared.record.expect(m_written->snapshot.number, countedAt(0));
    }
    return {};
}

Status CheckpointTask::decideEnd() {
    try {
        RW_TRY(m_shared.options.checkpoints.store->decided(m_written->snapshot.number));
        tell(m_written->snapshot, m_written->size, 0);
        return {};
    } catch (...) {
        return statusOfException();
    }
}

Status CheckpointTask::tellSources() {
    try {
        for (const auto& [node, feed] : m_graph.feeds())
            RW_TRY(feed->tellLast(m_shared.lastEpoch()).at(node));
        return {};
    } catch (...) {
        return statusOfException();
    }
}

Status CheckpointTask::finish() {
    try {
        return m_shared.options.checkpoints.store->finish();
    } catch (...) {
        return statusOfException();
    }
}

CountedRows CheckpointTask::countedAt(std::uint64_t barrier) const {
    CountedRows counted = m_graph.countedRows(barrier);
    counted.kept = m_keptBefore;
    return counted;
}

void CheckpointTask::tell(const StateSnapshot& snapshot, const CheckpointSize& size, std::uint64_t barrier) {
    CountedRows counted = countedAt(barrier);
    std::unique_lock lock(m_mutex);
    m_metrics.underWay = false;
    ++m_metrics.taken;
    m_metrics.number = snapshot.number;
    m_metrics.at = m_shared.clock->now();
    m_metrics.seconds = static_cast<double>(m_shared.clock->steadyMillis() - m_beganAt) * 1e-3;
    m_metrics.bytes = size.bytes;
    m_metrics.written = size.written;
    m_metrics.trouble = {};
    m_newBytes = size.writtenOf;
    m_bytes.clear();
    for (const auto& [id, states] : snapshot.states) {
        for (const std::string& state : states) m_bytes[id.node] += state.size();
    }
    for (const auto& [id, instances] : snapshot.changes) {
        for (const StateSnapshot::Changes& changes : instances) m_bytes[id.node] += changes.bytes;
    }
    const CheckpointMetrics told = m_metrics;
    // It releases the state that the run resumed from, which may be large; readers of metrics don't wait for
    // that.
    lock.unlock();
    m_shared.record.checkpointed(snapshot.number, std::move(counted), told);
}

void CheckpointTask::tellTrouble(Text trouble) {
    const std::lock_guard lock(m_mutex);
    m_metrics.underWay = false;
    m_metrics.trouble = std::move(trouble);
}

Step CheckpointTask::waitUntil(std::int64_t steadyMillis) {
    return m_alarm.waitUntil(*m_shared.executor, *this, m_shared.clock->steadyMillis(), steadyMillis);
}

Step CheckpointTask::endLast() {
    std::function<void()> then;
    {
        const std::lock_guard lock(m_mutex);
        then = std::exchange(m_then, {});
    }
    if (then) then();
    return Step::Done;
}

std::uint64_t CheckpointTask::newest() const {
    const std::lock_guard lock(m_mutex);
    return m_metrics.number;
}

/// Under the mutex.
Text CheckpointTask::waitText() const {
    if (m_metrics.underWay && m_shared.stands) {
        return RW_TEXT("checkpoint", "The checkpoint that was begun at %1 waits until the run goes on.")
            .with(timeText(m_waitsSince));
    }
    if (!m_metrics.waitsFor.empty()) {
        for (const Node& node : m_shared.plan.pipeline.nodes) {
            if (node.id != m_metrics.waitsFor) continue;
            return RW_TEXT("checkpoint", "The checkpoint that was begun at %1 waits for “%2”.")
                .with(timeText(m_waitsSince), node.shownTitle());
        }
    }
    const std::int64_t written = m_writtenSince < 0 ? 0 : m_shared.clock->steadyMillis() - m_writtenSince;
    if (written < kPatienceMillis) return {};
    return RW_TEXT("checkpoint",
                   "The newest checkpoint has been written for %1: see whether its disk answers, and whether "
                   "another program has locked its file.")
        .with(formatDuration(written / 1000 * 1000));
}

void CheckpointTask::measure(RunMetrics& out) const {
    const std::lock_guard lock(m_mutex);
    out.checkpoints = m_metrics;
    out.checkpoints.waits = waitText();
    if (const auto found = out.nodes.find(m_metrics.waitsFor); found != out.nodes.end())
        found->second.keepsCheckpoint = m_waitsSince;
    for (const auto& [node, bytes] : m_bytes) {
        if (const auto found = out.nodes.find(node); found != out.nodes.end())
            found->second.checkpointBytes = bytes;
    }
    for (const auto& [node, bytes] : m_newBytes) {
        if (const auto found = out.nodes.find(node); found != out.nodes.end())
            found->second.checkpointWritten = bytes;
    }
}

}  // namespace rw
