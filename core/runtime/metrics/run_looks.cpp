#include "core/runtime/metrics/run_looks.h"

#include <algorithm>

namespace rw {

namespace {

constexpr std::int64_t kLookSpanMillis = 1000;
constexpr std::int64_t kLooksApartMillis = 10;  // a caller that asks more often gets figures over looks that far back

double shareOf(std::int64_t part, std::int64_t whole) {
    return std::clamp(static_cast<double>(part) / static_cast<double>(whole), 0.0, 1.0);
}

/// The busiest instance's. The duration of a call is known a moment after it ended, so that a sum may be a
/// little behind the one before.
double busyShare(const RunSums::OfNode& before, const RunSums::OfNode& now, std::int64_t nanos) {
    std::int64_t most = 0;
    const std::size_t instances = std::min(before.busyNanos.size(), now.busyNanos.size());
    for (std::size_t i = 0; i < instances; ++i) most = std::max(most, now.busyNanos[i] - before.busyNanos[i]);
    return shareOf(most, nanos);
}

std::optional<double> hitRate(const RunSums::OfNode& before, const RunSums::OfNode& now) {
    const std::uint64_t lookups = now.stateLookups - before.stateLookups;
    if (lookups == 0) return std::nullopt;
    return shareOf(static_cast<std::int64_t>(now.stateHits - before.stateHits),
                   static_cast<std::int64_t>(lookups));
}

void tellShares(const RunSums& before, const RunSums& now, RunMetrics& out) {
    const std::int64_t millis = now.millis - before.millis, nanos = now.nanos - before.nanos;
    if (millis <= 0 || nanos <= 0) return;
    for (std::size_t wire = 0; wire < out.wires.size(); ++wire) {
        out.wires[wire].backpressure =
            shareOf(now.wireFullMillis[wire] - before.wireFullMillis[wire], millis);
    }
    for (const auto& [id, sums] : now.nodes) {
        const auto earlier = before.nodes.find(id);
        if (earlier == before.nodes.end()) continue;
        NodeMetrics& node = out.nodes[id];
        node.full = shareOf(sums.fullMillis - earlier->second.fullMillis, millis);
        node.busy = busyShare(earlier->second, sums, nanos);
        node.stateHitRate = hitRate(earlier->second, sums);
    }
}

}  // namespace

void RunLooks::tell(RunMetrics& out, RunSums sums, Instant now) {
    const std::lock_guard lock(m_mutex);
    while (m_looks.size() > 1 && m_looks[1].millis <= sums.millis - kLookSpanMillis) m_looks.pop_front();
    if (!m_looks.empty()) tellShares(m_looks.front(), sums, out);
    for (auto& [id, node] : out.nodes) {
        node.watermarkSince = roseAt(id, {}, node.watermark, now);
        for (PartitionMetrics& partition : node.partitions) {
            if (partition.since == 0 && partition.name.empty())
                partition.since = stoodSince(id, partition.state, now);
            if (!partition.name.empty())
                partition.watermarkSince = roseAt(id, partition.name, partition.watermark, now);
        }
        node.keysGrew = keysGrew(id, node.stateKeys, sums.millis);
    }
    tellGrowth(out, sums);
    if (m_looks.empty() || sums.millis - m_looks.back().millis >= kLooksApartMillis)
        m_looks.push_back(std::move(sums));
}

Instant RunLooks::roseAt(const NodeId& node, const std::string& partition, Instant watermark, Instant now) {
    Rise& rise = m_rises[{node, partition}];
    if (watermark > rise.watermark) rise = {watermark, now};
    return rise.at;
}

/// Of a sink, which does not tell.
Instant RunLooks::stoodSince(const NodeId& node, PartitionState state, Instant now) {
    Stand& stand = m_stands.try_emplace(node, Stand{state, now}).first->second;
    if (stand.state != state) stand = {state, now};
    return stand.at;
}

std::uint32_t RunLooks::keysGrew(const NodeId& node, std::uint64_t count, std::int64_t millis) {
    Keys& keys = m_keys[node];
    if (millis - keys.at < kLookSpanMillis) return keys.grew;
    keys = {count, millis, count > keys.count ? keys.grew + 1 : 0};
    return keys.grew;
}

void RunLooks::tellGrowth(RunMetrics& out, const RunSums& sums) {
    std::uint64_t files = 0;
    for (const auto& [id, node] : out.nodes) files += node.stateSpilled;
    m_growth.add(sums.millis, files);
    if (out.stateDisk.folder.empty()) return;
    const double perHour = m_growth.perHour();
    out.stateDisk.bytesPerHour = perHour;
    constexpr double kMillisPerHour = 3'600'000, kYears = 10 * 8'766.0;
    if (!sums.room || perHour <= 0) return;
    const double hours = std::min(static_cast<double>(*sums.room) / perHour, kYears);
    out.stateDisk.fullIn = std::max<Millis>(static_cast<Millis>(hours * kMillisPerHour), 1);
}

}  // namespace rw
