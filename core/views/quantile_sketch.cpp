#include "core/views/quantile_sketch.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr int kMantissaBits = 6;
constexpr std::uint64_t kBias = 1023;
constexpr std::uint64_t kLeastExponent = kBias - 40;  // 2^-40
constexpr std::uint32_t kLastIndex = (104U << kMantissaBits) - 1;

/// -1: counts as zero.
std::int64_t indexOf(double magnitude) {
    const std::uint64_t head = std::bit_cast<std::uint64_t>(magnitude) >> (52 - kMantissaBits);
    constexpr std::uint64_t kFirst = kLeastExponent << kMantissaBits;
    if (head < kFirst) return -1;
    return static_cast<std::int64_t>(std::min<std::uint64_t>(head - kFirst, kLastIndex));
}

/// The middle of a bucket.
double valueOf(std::uint32_t index) {
    const std::uint64_t head = (kLeastExponent << kMantissaBits) + index;
    const double low = std::bit_cast<double>(head << (52 - kMantissaBits));
    const double high = std::bit_cast<double>((head + 1) << (52 - kMantissaBits));
    return low + (high - low) / 2;
}

}  // namespace

void QuantileSketch::Side::add(std::uint32_t index, std::uint64_t count) {
    if (counts.empty()) {
        first = index;
        counts.assign(1, 0);
    } else if (index < first) {
        counts.insert(counts.begin(), first - index, 0);
        first = index;
    } else if (index - first >= counts.size()) {
        counts.resize(index - first + 1);
    }
    counts[index - first] += count;
}

void QuantileSketch::add(double value) {
    ++m_count;
    const std::int64_t index = indexOf(std::abs(value));
    if (index < 0) {
        ++m_zero;
    } else {
        (value < 0 ? m_negative : m_positive).add(static_cast<std::uint32_t>(index), 1);
    }
}

void QuantileSketch::merge(const QuantileSketch& other) {
    const auto add = [](Side& side, const Side& more) {
        for (std::size_t i = 0; i < more.counts.size(); ++i) {
            if (more.counts[i] > 0) side.add(more.first + static_cast<std::uint32_t>(i), more.counts[i]);
        }
    };
    add(m_positive, other.m_positive);
    add(m_negative, other.m_negative);
    m_zero += other.m_zero;
    m_count += other.m_count;
}

void QuantileSketch::fields(StateFields& state) {
    state("zero", m_zero);
    state("first_positive", m_positive.first);
    state("positive", m_positive.counts);
    state("first_negative", m_negative.first);
    state("negative", m_negative.counts);
    m_count = m_zero;
    for (const Side* side : {&m_positive, &m_negative}) {
        state.require(side->first + side->counts.size() <= kLastIndex + std::size_t{1},
                      "values of a histogram");
        m_count = std::accumulate(side->counts.begin(), side->counts.end(), m_count);
    }
}

double QuantileSketch::quantile(double fraction) const {
    if (m_count == 0) return 0;
    const auto rank =
        static_cast<std::uint64_t>(std::max(1.0, std::ceil(fraction * static_cast<double>(m_count))));
    std::uint64_t seen = 0;
    for (std::size_t i = m_negative.counts.size(); i > 0; --i) {
        seen += m_negative.counts[i - 1];
        if (seen >= rank) return -valueOf(m_negative.first + static_cast<std::uint32_t>(i - 1));
    }
    seen += m_zero;
    if (seen >= rank) return 0;
    for (std::size_t i = 0; i < m_positive.counts.size(); ++i) {
        seen += m_positive.counts[i];
        if (seen >= rank) return valueOf(m_positive.first + static_cast<std::uint32_t>(i));
    }
    return 0;
}

}  // namespace rw
