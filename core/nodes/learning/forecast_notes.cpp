#include "core/nodes/learning/forecast_notes.h"

#include <cmath>

namespace rw {

namespace {

constexpr std::size_t kIssuedNumbers = 4;
/// Of a deviation that is not known: only finite numbers are fields.
constexpr double kNoDeviation = -1;
constexpr double kFarthest = 9e15;  // ms: exact in a double, as all times are

}  // namespace

Instant IssuedForecasts::startOf(std::size_t ahead) const {
    const double time = static_cast<double>(start) + length * static_cast<double>(ahead);
    return static_cast<Instant>(std::min(std::round(time), kFarthest));
}

void ForecastNotes::forgetBefore(std::uint64_t number) {
    while (!m_issued.empty() && m_issued.front().step + m_horizon < number) m_issued.pop_front();
}

void ForecastNotes::visit(learn::ModelFields& fields) {
    std::vector<double> issued, steps;
    for (const IssuedForecasts& one : m_issued) {
        issued.insert(issued.end(), {static_cast<double>(one.step), static_cast<double>(one.time),
                                     static_cast<double>(one.start), one.length});
        for (const learn::Forecast& step : one.steps) {
            steps.push_back(step.mean);
            steps.push_back(step.deviation >= 0 ? step.deviation : kNoDeviation);
        }
    }
    fields.list("issued", issued, kMostForecasts * kIssuedNumbers);
    fields.list("steps", steps, kMostForecasts * 2);
    if (fields.reads() && !take(issued, steps)) fields.broken("forecasts");
}

bool ForecastNotes::take(const std::vector<double>& issued, const std::vector<double>& steps) {
    m_issued.clear();
    if (issued.size() % kIssuedNumbers != 0) return false;
    if (steps.size() != issued.size() / kIssuedNumbers * m_horizon * 2) return false;
    std::size_t next = 0;
    for (std::size_t i = 0; i < issued.size(); i += kIssuedNumbers) {
        for (std::size_t number = 0; number < kIssuedNumbers; ++number) {
            if (std::fabs(issued[i + number]) > kFarthest) return false;
        }
        if (issued[i] < 0 || issued[i + 3] < 0) return false;
        IssuedForecasts one{static_cast<std::uint64_t>(issued[i]), static_cast<Instant>(issued[i + 1]),
                            static_cast<Instant>(issued[i + 2]), issued[i + 3]};
        for (std::size_t step = 0; step < m_horizon; ++step, next += 2) {
            const double deviation = steps[next + 1];
            one.steps.push_back({steps[next], deviation >= 0 ? deviation : learn::kUnknown});
        }
        m_issued.push_back(std::move(one));
    }
    return true;
}

std::size_t ForecastNotes::memoryBytes() const {
    const std::size_t each = sizeof(IssuedForecasts) + m_horizon * sizeof(learn::Forecast);
    return sizeof *this + m_issued.size() * each;
}

}  // namespace rw
