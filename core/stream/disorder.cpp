#include "core/stream/disorder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/stream/operator.h"
#include "core/stream/window_events.h"

namespace rw {

namespace {

constexpr Millis kCoarser = 10;

Millis difference(Instant a, Instant b) {
    Millis apart = 0;
    if (__builtin_sub_overflow(a, b, &apart)) apart = a > b ? kMaxTimestamp : kMinTimestamp + 1;
    return apart;
}

}  // namespace

TimeCounts::TimeCounts(Millis delay) : m_width(kFinest) {
    constexpr auto kHalf = static_cast<Millis>(kBins / 2);
    while (delay / kHalf > m_width) m_width *= kCoarser;
}

void TimeCounts::add(Millis time) {
    ++m_total;
    if (time < 0) return;
    const auto bin = static_cast<std::size_t>(time / m_width);
    if (bin >= kBins) {
        ++m_beyond;
        return;
    }
    if (bin >= m_bins.size()) m_bins.resize(bin + 1);
    ++m_bins[bin];
}

std::uint64_t TimeCounts::atLeast(Millis time) const {
    std::uint64_t count = m_beyond;
    for (auto bin = static_cast<std::size_t>(std::max<Millis>(time, 0) / m_width); bin < m_bins.size(); ++bin)
        count += m_bins[bin];
    return count;
}

std::optional<Millis> TimeCounts::within(double share) const {
    if (m_total == 0) return std::nullopt;
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(m_total)));
    std::uint64_t count = m_total - atLeast(0);
    if (count >= wanted) return 0;
    for (std::size_t bin = 0; bin < m_bins.size(); ++bin) {
        count += m_bins[bin];
        if (count >= wanted) return static_cast<Millis>(bin + 1) * m_width;
    }
    return std::nullopt;
}

std::uint64_t DisorderOf::judged() const {
    std::uint64_t rows = 0;
    for (const auto& [node, judge] : judges) rows += judge.needed.total();
    return rows;
}

std::uint64_t DisorderOf::lateAt(Millis at) const {
    std::uint64_t rows = 0;
    for (const auto& [node, judge] : judges) rows += judge.needed.atLeast(at);
    return rows;
}

std::uint64_t DisorderOf::lateNow() const {
    std::uint64_t rows = 0;
    for (const auto& [node, judge] : judges) rows += judge.lateNow;
    return rows;
}

bool DisorderOf::isExact() const {
    return !advanced &&
           std::none_of(judges.begin(), judges.end(), [](const auto& judge) { return judge.second.atMost; });
}

void Disorder::begin(const std::map<NodeId, Millis>& delays, Ways ways, bool countsFirst) {
    const std::lock_guard lock(m_mutex);
    if (m_firstLeft > 0) leave();
    m_firstLeft = countsFirst ? kFirstRows : 0;
    if (countsFirst) join();
    m_missed = false;
    m_counts.clear();
    for (const auto& [node, delay] : delays) {
        DisorderOf& counts = m_counts[node];
        counts.stamper = node;
        counts.delay = delay;
    }
    forget();
    m_ways = std::move(ways);
}

void Disorder::join() {
    m_watchers.fetch_add(1, std::memory_order_relaxed);
}

void Disorder::leave() {
    if (m_watchers.fetch_sub(1, std::memory_order_relaxed) == 1) m_missed = true;
}

void Disorder::forget() {
    for (auto& [node, counts] : m_counts) {
        DisorderOf fresh;
        fresh.stamper = node;
        fresh.delay = counts.delay;
        fresh.behind = TimeCounts(counts.delay);
        counts = std::move(fresh);
    }
}

void Disorder::addStamped(const NodeId& stamper, const Batch& batch, int eventTime, const StampState& before,
                          Instant now) {
    if (batch.rows == 0) return;
    const std::lock_guard lock(m_mutex);
    const auto found = m_counts.find(stamper);
    if (found == m_counts.end()) return;
    if (std::exchange(m_missed, false)) forget();
    if (m_firstLeft > 0) {
        m_firstLeft -= std::min<std::uint64_t>(m_firstLeft, batch.rows);
        if (m_firstLeft == 0) leave();
    }
    DisorderOf& counts = found->second;
    if (counts.since == kMinTimestamp) counts.since = now;
    counts.until = std::max(counts.until, now);
    counts.advanced = counts.advanced || before.advancedTo > saturatingAdd(before.largest, -counts.delay);
    Instant newest = before.largest;
    for (const Instant time : batch.column(eventTime).values<Instant>()) {
        newest = std::max(newest, time);
        counts.behind.add(difference(newest, time));
    }
}

void Disorder::addJudged(const NodeId& node, int port, WireNumber wire, std::span<const Millis> beyond,
                         bool atMost) {
    const std::lock_guard lock(m_mutex);
    const auto ways = m_ways.find({node, port});
    if (ways == m_ways.end()) return;
    const auto stamper = ways->second.find(static_cast<int>(wire >> kPartitionBits));
    if (stamper == ways->second.end()) return;
    const auto found = m_counts.find(stamper->second);
    if (found == m_counts.end()) return;
    const Millis delay = found->second.delay;
    const auto [place, added] = found->second.judges.try_emplace(node);
    JudgedRows& judge = place->second;
    if (added) judge.needed = TimeCounts(delay);
    judge.atMost = atMost;
    for (const Millis distance : beyond) {
        if (distance >= 0) ++judge.lateNow;
        judge.needed.add(saturatingAdd(distance, delay));
    }
}

DisorderWatch::DisorderWatch(std::shared_ptr<Disorder> disorder) : m_disorder(std::move(disorder)) {
    const std::lock_guard lock(m_disorder->m_mutex);
    m_disorder->join();
}

DisorderWatch::~DisorderWatch() {
    const std::lock_guard lock(m_disorder->m_mutex);
    m_disorder->leave();
}

std::vector<NodeId> DisorderWatch::stampers() const {
    const std::lock_guard lock(m_disorder->m_mutex);
    std::vector<NodeId> nodes;
    for (const auto& [node, counts] : m_disorder->m_counts) nodes.push_back(node);
    return nodes;
}

std::optional<DisorderOf> DisorderWatch::counts(const NodeId& stamper) const {
    const std::lock_guard lock(m_disorder->m_mutex);
    const auto found = m_disorder->m_counts.find(stamper);
    if (found == m_disorder->m_counts.end()) return std::nullopt;
    return found->second;
}

DisorderMeter::DisorderMeter(const MakeContext& context)
    : m_node(context.node), m_disorder(WindowEvents::of(context)->disorder()) {}

void DisorderMeter::add(Instant stamp, Instant lateFrom) {
    m_beyond.push_back(stamp == kMinTimestamp ? kMinTimestamp : difference(stamp, lateFrom));
}

void DisorderMeter::hand(int port, WireNumber wire, bool atMost) {
    m_disorder->addJudged(m_node, port, wire, m_beyond, atMost);
    m_beyond.clear();
}

void DisorderMeter::addTimes(int port, const Batch& batch, int eventTime, Millis rest, bool atMost) {
    if (!batch.stamps) return;
    const Column& times = batch.column(eventTime);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (!times.isNull(row)) add((*batch.stamps)[row], saturatingAdd(times.at<Instant>(row), rest));
    }
    hand(port, batch.wire, atMost);
}

}  // namespace rw
