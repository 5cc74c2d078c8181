// The forecasts of a key that are still to come true, until the steps that they are for have come.
#pragma once
#include <deque>
#include <vector>

#include "core/learn/learning_output.h"
#include "core/learn/models/forecaster.h"

namespace rw {

/// What was forecast after one step, of the steps behind it.
struct IssuedForecasts {
    std::uint64_t step = 0;  ///< the newest that was known, by its number
    Instant time = 0;        ///< event time of the row that closed it
    Instant start = 0;       ///< of that step
    double length = 0;       ///< of a step, in ms
    std::vector<learn::Forecast> steps{};

    /// Where the step begins that is so many behind.
    Instant startOf(std::size_t ahead) const;
};

class ForecastNotes final : public learn::KeyNotes {
 public:
    explicit ForecastNotes(std::size_t horizon) : m_horizon(horizon) {}

    void add(IssuedForecasts issued) { m_issued.push_back(std::move(issued)); }
    /// Forgets those that end before step `number`.
    void forgetBefore(std::uint64_t number);
    const std::deque<IssuedForecasts>& issued() const { return m_issued; }

    void visit(learn::ModelFields& fields) override;
    std::size_t memoryBytes() const override;

    /// Of one key.
    static constexpr std::size_t kMostForecasts = 100'000;

 private:
    /// The forecasts as lists of numbers, as many as kNumbers each.
    bool take(const std::vector<double>& issued, const std::vector<double>& steps);

    const std::size_t m_horizon;
    std::deque<IssuedForecasts> m_issued{};
};

}  // namespace rw
