#include "core/learn/models/stepped_forecaster.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rw::learn {

namespace {

constexpr double kNewestShare = 0.05;  // of a distance between rows in their mean, once there are some

double startOf(Instant time, Millis step) {
    return std::floor(static_cast<double>(time) / static_cast<double>(step)) * static_cast<double>(step);
}

}  // namespace

SteppedForecaster::SteppedForecaster(std::unique_ptr<Model> forecaster, Millis step)
    : m_forecaster(std::move(forecaster)), m_step(step) {}

void SteppedForecaster::forecast(std::span<Forecast> steps) const {
    inner().forecast(steps);
}

void SteppedForecaster::skip(std::uint64_t steps) {
    inner().skip(steps);
}

void SteppedForecaster::learn(const Example& row) {
    m_closed.reset();
    if (m_step == 0) return learnRow(row);
    const double start = startOf(row.time, m_step);
    // A row of an earlier step, which came late, is one of the step that is open.
    if (m_rows > 0 && start > m_start) {
        close();
        const double passed = (start - m_start) / static_cast<double>(m_step);
        m_skipped = static_cast<std::uint64_t>(passed) - 1;
        m_number += static_cast<std::uint64_t>(passed);
        m_rows = 0;
    }
    if (m_rows == 0) m_start = start;
    ++m_rows;
    const double mean =
        m_rows == 1 ? row.features[0] : m_mean + (row.features[0] - m_mean) / static_cast<double>(m_rows);
    if (std::isfinite(mean)) m_mean = mean;
}

void SteppedForecaster::close() {
    // Not sooner: what is forecast behind a step is about the one that follows it, also where that stays
    // empty.
    if (m_skipped > 0) inner().skip(std::exchange(m_skipped, 0));
    inner().learn({{&m_mean, 1}});
    m_closed = {m_number, static_cast<Instant>(m_start), m_mean, static_cast<double>(m_step)};
}

void SteppedForecaster::learnRow(const Example& row) {
    const double time = static_cast<double>(row.time);
    if (m_rows > 0) {
        const double distances = static_cast<double>(m_rows);
        m_length += (std::max(time - m_start, 0.0) - m_length) * std::max(1 / distances, kNewestShare);
    }
    m_start = time;
    inner().learn(row);
    m_closed = {m_rows, row.time, row.features[0], m_length};
    ++m_rows;
}

void SteppedForecaster::visit(ModelFields& fields) {
    fields.count("step_number", m_number);
    fields.count("step_rows", m_rows);
    fields.count("steps_skipped", m_skipped);
    fields.number("step_start", m_start);
    fields.number("step_mean", m_mean);
    fields.number("step_length", m_length);
    // Times are exact in a double up to 2^53 ms; none is beyond.
    constexpr double kFarthest = 9e15;
    if (fields.reads() && !(std::fabs(m_start) <= kFarthest && m_length >= 0 && m_length <= 2 * kFarthest))
        fields.broken("time of a step");
    m_forecaster->visit(fields);
}

namespace {

class SteppedFactory final : public ModelFactory {
 public:
    SteppedFactory(ModelFactoryRef forecaster, Millis step)
        : m_forecaster(std::move(forecaster)), m_step(step) {}
    std::unique_ptr<Model> make(std::uint64_t seed) const override {
        return std::make_unique<SteppedForecaster>(m_forecaster->make(seed), m_step);
    }
    std::size_t features() const override { return Forecaster::kFeatures; }
    std::size_t outputs() const override { return Forecaster::kOutputs; }
    std::uint32_t version() const override { return m_forecaster->version(); }

 private:
    const ModelFactoryRef m_forecaster;
    const Millis m_step;
};

}  // namespace

ModelFactoryRef stepped(ModelFactoryRef forecaster, Millis step) {
    return std::make_shared<SteppedFactory>(std::move(forecaster), step);
}

}  // namespace rw::learn
