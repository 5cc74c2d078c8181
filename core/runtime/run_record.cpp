#include "core/runtime/run_record.h"

#include <algorithm>
#include <utility>

#include "core/pipeline/checks/settings_check.h"

namespace rw {

namespace {

/// As many as a store keeps without a name; where newer ones are damaged a run resumes from any of them.
/// From an older one, a savepoint, it counts as the first attempt did.
constexpr std::size_t kCheckpointsCounted = kMostCheckpointsKept;

void addWires(std::vector<std::uint64_t>& sum, const std::vector<std::uint64_t>& more) {
    if (sum.size() < more.size()) sum.resize(more.size());
    for (std::size_t i = 0; i < more.size(); ++i) sum[i] += more[i];
}

}  // namespace

struct RunRecord::Seen final : SeenOfRun {
    CountedRows rows{};
    KeptRows::Copy kept{};
    std::map<NodeId, std::vector<std::vector<Batch>>> taps{};  // per output port, as Tap::recent()
};

void RunRecord::addBefore(CountedRows& rows) const {
    for (const auto& [node, counts] : m_before.nodes) rows.nodes[node] += counts;
    addWires(rows.wires, m_before.wires);
    rows.sourceRows += m_before.sourceRows;
}

std::shared_ptr<const SeenOfRun> RunRecord::seen(CountedRows rows) const {
    auto made = std::make_shared<Seen>();
    made->rows = std::move(rows);
    {
        const std::lock_guard lock(m_mutex);
        addBefore(made->rows);
    }
    made->kept = kept.copy();
    made->rows.kept = kept.newest();
    made->bytes = made->kept.bytes();
    for (const auto& [node, slots] : taps) {
        std::vector<std::vector<Batch>>& ports = made->taps[node];
        for (const TapSlot& slot : slots) {
            ports.push_back(slot.recent());
            made->bytes += memoryBytes(ports.back());
        }
    }
    return made;
}

void RunRecord::takeOver(const SeenOfRun& before) {
    const auto* const known = dynamic_cast<const Seen*>(&before);
    if (known == nullptr) return;
    kept.takeOver(known->kept);
    for (const auto& [node, ports] : known->taps) {
        std::deque<TapSlot>& slots = taps[node];
        if (slots.size() < ports.size()) slots.resize(ports.size());
        for (std::size_t port = 0; port < ports.size(); ++port) {
            for (const Batch& batch : ports[port]) slots[port].open()->push(batch);
        }
    }
    const std::lock_guard lock(m_mutex);
    m_before = m_atFirst = known->rows;
}

void RunRecord::keepRestore(std::shared_ptr<const StateSnapshot> restore) {
    // The old one is freed outside the lock: it is as large as the state of the run.
    const std::lock_guard lock(m_mutex);
    m_restore.swap(restore);
}

std::shared_ptr<const StateSnapshot> RunRecord::restore() const {
    const std::lock_guard lock(m_mutex);
    return m_restore;
}

void RunRecord::expect(std::uint64_t number, CountedRows rows) {
    const std::lock_guard lock(m_mutex);
    addBefore(rows);
    m_at[number] = std::move(rows);
    if (m_at.size() > kCheckpointsCounted) m_at.erase(m_at.begin());
}

void RunRecord::checkpointed(std::uint64_t number, CountedRows rows, const CheckpointMetrics& about) {
    keepRestore(nullptr);
    expect(number, std::move(rows));
    const std::lock_guard lock(m_mutex);
    ++m_taken;
    m_newest = about;
}

void RunRecord::startAgain(std::uint64_t number) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_at.find(number);
    m_before = found != m_at.end() ? found->second : m_atFirst;
    m_at.erase(m_at.upper_bound(number), m_at.end());
    kept.forgetAfter(m_before.kept);
}

void RunRecord::addBefore(RunMetrics& out) const {
    const std::lock_guard lock(m_mutex);
    for (auto& [id, node] : out.nodes) {
        const auto found = m_before.nodes.find(id);
        if (found == m_before.nodes.end()) continue;
        const RowCounts& before = found->second;
        node.rowsIn += before.in;
        node.rowsOut += before.out;
        node.late += before.late;
        node.rejected += before.rejected;
        node.nullDropped += before.nullDropped;
        out.late += before.late;
        out.rejected += before.rejected;
    }
    out.sourceRows += m_before.sourceRows;
    for (std::size_t i = 0; i < out.wires.size() && i < m_before.wires.size(); ++i)
        out.wires[i].rows += m_before.wires[i];
    if (out.checkpoints.taken > 0 || m_taken == 0) {
        out.checkpoints.taken = std::max(out.checkpoints.taken, m_taken);
        return;
    }
    const CheckpointMetrics now = std::exchange(out.checkpoints, m_newest);
    out.checkpoints.on = now.on;
    out.checkpoints.taken = m_taken;
    out.checkpoints.number = now.number;
    out.checkpoints.underWay = now.underWay;
    out.checkpoints.waits = now.waits;
    out.checkpoints.waitsFor = now.waitsFor;
    out.checkpoints.trouble = now.trouble;
}

}  // namespace rw
