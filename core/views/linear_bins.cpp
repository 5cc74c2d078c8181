#include "core/views/linear_bins.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/views/state_lists.h"

namespace rw {

namespace {

constexpr int kLeastExponent = -290;  // 10^290 is still a double
constexpr int kGreatestExponent = 308;
constexpr double kFarthestBin = 4e18;

std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

double power(int exponent) {
    return std::pow(10.0, exponent);
}

bool narrower(BinWidth a, BinWidth b) {
    return a.exponent != b.exponent ? a.exponent < b.exponent : a.mantissa < b.mantissa;
}

/// The next width that bins of `width` merge into.
BinWidth nextKept(BinWidth width) {
    return width.mantissa == 1 ? BinWidth{2, width.exponent} : BinWidth{1, width.exponent + 1};
}

/// Whether bins of `kept` (1 or 2 × 10^k) fit into bins of `shown` without a remainder.
bool divides(BinWidth kept, BinWidth shown) {
    if (narrower(shown, kept)) return false;
    return kept.mantissa == 1 || shown.mantissa == 2 || shown.exponent > kept.exponent;
}

}  // namespace

double BinWidth::value() const {
    return exponent < 0 ? mantissa / power(-exponent) : mantissa * power(exponent);
}

double BinWidth::edge(std::int64_t index) const {
    const double units = static_cast<double>(index) * mantissa;
    return exponent < 0 ? units / power(-exponent) : units * power(exponent);
}

BinWidth BinWidth::next() const {
    if (mantissa == 1) return {2, exponent};
    return mantissa == 2 ? BinWidth{5, exponent} : BinWidth{1, exponent + 1};
}

void LinearBins::setWidth(BinWidth width) {
    m_width = width;
    m_multiplier = width.exponent < 0 ? power(-width.exponent) : 1;
    m_divisor = width.exponent < 0 ? width.mantissa : width.value();
}

bool LinearBins::place(double value, std::int64_t& bin) const {
    // A decimal fraction on an edge must not fall below it by the rounding of this product.
    const double exact = value * m_multiplier / m_divisor;
    const double at = std::floor(exact + std::abs(exact) * 1e-15);
    if (!(std::abs(at) < kFarthestBin)) return false;
    bin = static_cast<std::int64_t>(at);
    return true;
}

void LinearBins::step() {
    const std::int64_t factor = m_width.mantissa == 1 ? 2 : 5;
    setWidth(nextKept(m_width));
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
        // So fine that the range of the data decides the width, not their first value.
        const int magnitude =
            value == 0 ? kLeastExponent : static_cast<int>(std::floor(std::log10(std::abs(value))));
        setWidth({1, std::max(magnitude - 12, kLeastExponent)});
        while (!place(value, bin)) step();
        m_first = bin;
        m_counts.assign(1, 1);
        return;
    }
    while (!place(value, bin)) step();
    for (;;) {
        const std::int64_t first = std::min(bin, m_first);
        const std::int64_t last = std::max(bin, m_first + static_cast<std::int64_t>(m_counts.size()) - 1);
        if (last - first < static_cast<std::int64_t>(kMaxBins)) break;
        step();
        place(value, bin);
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
    while (narrower(m_width, other.m_width)) step();
    while (narrower(other.m_width, m_width)) other.step();
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

void LinearBins::save(StateWriter& out) const {
    out.i64("mantissa", m_width.mantissa);
    out.i64("exponent", m_width.exponent);
    out.i64("first", m_first);
    saveIntegers(out, "counts", m_counts, [](std::uint64_t count) { return count; });
}

Status LinearBins::restore(const StateReader& state) {
    RW_TRY_ASSIGN(const std::int64_t mantissa, state.i64("mantissa"));
    RW_TRY_ASSIGN(const std::int64_t exponent, state.i64("exponent"));
    RW_TRY_ASSIGN(m_first, state.i64("first"));
    RW_TRY_ASSIGN(m_counts, restoreCounts(state, "counts"));
    const bool width =
        (mantissa == 1 || mantissa == 2) && exponent >= kLeastExponent && exponent <= kGreatestExponent;
    const bool near =
        static_cast<double>(m_first) > -kFarthestBin && static_cast<double>(m_first) < kFarthestBin;
    if (!width || !near || m_counts.size() > kMaxBins) return brokenState("bins of a histogram");
    setWidth({static_cast<int>(mantissa), static_cast<int>(exponent)});
    return {};
}

BinWidth LinearBins::shownWidth(std::size_t bins, BinWidth least) const {
    BinWidth width = narrower(least, m_width) ? m_width : least;
    while (!divides(m_width, width) || shown(width).counts.size() > std::max<std::size_t>(bins, 2)) {
        width = width.next();
    }
    return width;
}

BinRun LinearBins::shown(BinWidth width) const {
    LinearBins bins = *this;
    while (!(bins.m_width == width) && divides(nextKept(bins.m_width), width)) bins.step();
    if (!(bins.m_width == width)) {  // 1 × 10^k is left of 5 × 10^k
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
