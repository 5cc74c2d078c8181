// A series whose rows come when they like, as steps of equal length: the mean of the rows of a step is one
// value of the model. Without a length, each row is a step.
#pragma once
#include <memory>
#include <optional>

#include "core/learn/models/forecaster.h"

namespace rw::learn {

/// A step whose rows are all there.
struct ClosedStep {
    std::uint64_t number = 0;  ///< counts from 0; steps without rows count as well
    Instant start = 0;         ///< where it begins; without a length, the time of its row
    double value = 0;
    double length = 0;  ///< ms; without a length, what it is between rows, in the mean; 0: not known yet
};

class SteppedForecaster final : public Forecaster {
 public:
    /// `step` in ms; 0: each row is a step.
    SteppedForecaster(std::unique_ptr<Model> forecaster, Millis step);

    /// Of the steps behind the one that closed last.
    void forecast(std::span<Forecast> steps) const override;
    void skip(std::uint64_t steps) override;
    void learn(const Example& row) override;
    void visit(ModelFields& fields) override;
    std::size_t memoryBytes() const override { return sizeof *this + m_forecaster->memoryBytes(); }

    /// What the row that was learnt last closed. Not part of the state.
    const std::optional<ClosedStep>& closed() const { return m_closed; }

 private:
    Forecaster& inner() const { return static_cast<Forecaster&>(*m_forecaster); }
    void learnRow(const Example& row);
    void close();

    const std::unique_ptr<Model> m_forecaster;
    const Millis m_step;
    std::uint64_t m_number = 0;   ///< of the step that is open
    std::uint64_t m_skipped = 0;  ///< empty steps right before it
    std::uint64_t m_rows = 0;    ///< in it; without a length: of the series
    double m_start = 0;          ///< of it; without a length: the time of the newest row
    double m_mean = 0;           ///< of its rows
    double m_length = 0;         ///< without a length: between rows, in the mean
    std::optional<ClosedStep> m_closed{};
};

/// Of forecasters that `forecaster` makes.
ModelFactoryRef stepped(ModelFactoryRef forecaster, Millis step);

}  // namespace rw::learn
