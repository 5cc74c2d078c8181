#include "core/views/linear_bins.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/views/state_fields.h"

namespace rw {

void LinearBins::step() {
    const std::int64_t factor = m_scale.widen();
    if (m_counts.empty()) return;
    const std::int64_t first = floorDiv(m_first, factor);
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        const auto count = std::exchange(m_counts[i], 0);
        m_counts[static_cast<std::size_t>(floorDiv(m_first + static_cast<std::int64_t>(i), factor) -
                                          first)] += count;
    }
    const std::int64_t last = floorDiv(m_first + static_cast<std::int64_t>(m_counts.size()) - 1, factor);
    m_counts.resize(static_cast<std::size_t>(last - first + 1));
    m_first = first;
}

void LinearBins::add(double value) {
    std::int64_t bin = 0;
    if (m_counts.empty()) {
        m_scale = BinScale::startingAt(value);
        while (!m_scale.place(value, bin)) step();
        m_first = bin;
        m_counts.assign(1, 1);
        return;
    }
    while (!m_scale.place(value, bin)) step();
    for (;;) {
        const std::int64_t first = std::min(bin, m_first);
        const std::int64_t last = std::max(bin, m_first + static_cast<std::int64_t>(m_counts.size()) - 1);
        if (last - first < static_cast<std::int64_t>(kMaxBins)) break;
        step();
        m_scale.place(value, bin);
    }
    if (bin < m_first) {
        m_counts.insert(m_counts.begin(), static_cast<std::size_t>(m_first - bin), 0);
        m_first = bin;
    } else if (bin >= m_first + static_cast<std::int64_t>(m_counts.size())) {
        m_counts.resize(static_cast<std::size_t>(bin - m_first + 1));
    }
    ++m_counts[static_cast<std::size_t>(bin - m_first)];
}

void LinearBins::merge(LinearBins other) {
    if (other.empty()) return;
    if (empty()) {
        *this = std::move(other);
        return;
    }
    while (narrower(m_scale.width(), other.m_scale.width())) step();
    while (narrower(other.m_scale.width(), m_scale.width())) other.step();
    const auto last = [](const LinearBins& bins) {
        return bins.m_first + static_cast<std::int64_t>(bins.m_counts.size()) - 1;
    };
    while (std::max(last(*this), last(other)) - std::min(m_first, other.m_first) >=
           static_cast<std::int64_t>(kMaxBins)) {
        step();
        other.step();
    }
    const std::int64_t first = std::min(m_first, other.m_first);
    std::vector<std::uint64_t> counts(
        static_cast<std::size_t>(std::max(last(*this), last(other)) - first + 1));
    for (const LinearBins* bins :
         {const_cast<const LinearBins*>(this), const_cast<const LinearBins*>(&other)}) {
        for (std::size_t i = 0; i < bins->m_counts.size(); ++i) {
            counts[static_cast<std::size_t>(bins->m_first - first) + i] += bins->m_counts[i];
        }
    }
    m_first = first;
    m_counts = std::move(counts);
}

void LinearBins::fields(StateFields& state) {
    m_scale.fields(state);
    state("first", m_first);
    state("counts", m_counts);
    const bool near = std::abs(static_cast<double>(m_first)) < BinScale::kFarthestBin;
    state.require(near && m_counts.size() <= kMaxBins, "bins of a histogram");
}

BinWidth LinearBins::shownWidth(std::size_t bins, BinWidth least) const {
    const BinWidth kept = m_scale.width();
    BinWidth width = narrower(least, kept) ? kept : least;
    while (!divides(kept, width) || shown(width).counts.size() > std::max<std::size_t>(bins, 2)) {
        width = width.next();
    }
    return width;
}

BinRun LinearBins::shown(BinWidth width) const {
    LinearBins bins = *this;
    while (!(bins.m_scale.width() == width) && divides(bins.m_scale.nextWidth(), width)) bins.step();
    if (!(bins.m_scale.width() == width)) {  // 1 × 10^k is left of 5 × 10^k
        LinearBins merged;
        merged.m_first = floorDiv(bins.m_first, 5);
        const auto end = floorDiv(bins.m_first + static_cast<std::int64_t>(bins.m_counts.size()) - 1, 5) + 1;
        merged.m_counts.assign(static_cast<std::size_t>(end - merged.m_first), 0);
        for (std::size_t i = 0; i < bins.m_counts.size(); ++i) {
            const auto at = floorDiv(bins.m_first + static_cast<std::int64_t>(i), 5) - merged.m_first;
            merged.m_counts[static_cast<std::size_t>(at)] += bins.m_counts[i];
        }
        bins = std::move(merged);
    }
    return {width, bins.m_first, std::move(bins.m_counts)};
}

}  // namespace rw
