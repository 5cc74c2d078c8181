#include "core/views/heat_axis.h"

#include <array>
#include <cmath>

#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr Millis kSecondMillis = 1'000, kMinuteMillis = 60'000, kHourMillis = 3'600'000,
                 kDayMillis = 86'400'000;

/// The last has all of time in some 200 columns.
constexpr std::array<Millis, 28> kRoundTimes{1,
                                             2,
                                             10,
                                             20,
                                             100,
                                             200,
                                             kSecondMillis,
                                             2 * kSecondMillis,
                                             10 * kSecondMillis,
                                             30 * kSecondMillis,
                                             kMinuteMillis,
                                             5 * kMinuteMillis,
                                             10 * kMinuteMillis,
                                             30 * kMinuteMillis,
                                             kHourMillis,
                                             3 * kHourMillis,
                                             6 * kHourMillis,
                                             12 * kHourMillis,
                                             kDayMillis,
                                             10 * kDayMillis,
                                             100 * kDayMillis,
                                             1'000 * kDayMillis,
                                             10'000 * kDayMillis,
                                             100'000 * kDayMillis,
                                             1'000'000 * kDayMillis,
                                             10'000'000 * kDayMillis,
                                             100'000'000 * kDayMillis,
                                             1'000'000'000 * kDayMillis};

}  // namespace

HeatAxis HeatAxis::ofNumbers(bool whole) {
    HeatAxis axis;
    axis.m_whole = whole;
    return axis;
}

HeatAxis HeatAxis::ofTimes(Millis least) {
    HeatAxis axis;
    axis.m_times = true;
    while (axis.m_step + 1 < kRoundTimes.size() && kRoundTimes[axis.m_step] < least) ++axis.m_step;
    return axis;
}

bool HeatAxis::place(double value, std::int64_t& column) const {
    if (!m_times) return m_scale.place(value, column);
    const double at = std::floor(value / static_cast<double>(kRoundTimes[m_step]));
    if (!(std::abs(at) < BinScale::kFarthestBin)) return false;
    column = static_cast<std::int64_t>(at);
    return true;
}

void HeatAxis::startAt(double value) {
    if (!m_times) m_scale = m_whole ? BinScale() : BinScale::startingAt(value);
}

std::int64_t HeatAxis::widen() {
    if (!m_times) return m_scale.widen();
    if (m_step + 1 == kRoundTimes.size()) return 1;
    ++m_step;
    return kRoundTimes[m_step] / kRoundTimes[m_step - 1];
}

double HeatAxis::width() const {
    return m_times ? static_cast<double>(kRoundTimes[m_step]) : m_scale.width().value();
}

double HeatAxis::edge(std::int64_t column) const {
    return m_times ? static_cast<double>(column) * width() : m_scale.width().edge(column);
}

void HeatAxis::fields(StateFields& state) {
    state("times", m_step);
    m_scale.fields(state);
    state.require(m_step < kRoundTimes.size(), "the columns of a heat map");
}

}  // namespace rw
