// Features less their mean so far, divided by their standard deviation so far (River's StandardScaler).
//
// Mean and variance by the update of B. P. Welford, “Note on a method for calculating corrected sums of
// squares and products”, Technometrics 4 (1962); the variance is that of the population. A feature that has
// not varied yet is 0.
#pragma once
#include <span>

#include "core/learn/models/model_fields.h"

namespace rw::learn {

class RunningScale {
 public:
    explicit RunningScale(std::size_t features) : m_means(features), m_squares(features) {}

    void learn(std::span<const double> features);
    /// In place; the results are finite.
    void apply(std::span<double> features) const;
    /// Of a feature, over the rows so far; 0 before the first.
    double mean(std::size_t feature) const { return m_means[feature]; }
    /// Standard deviation of a feature; 0: it has not varied.
    double deviation(std::size_t feature) const;
    void visit(ModelFields& fields);
    std::size_t memoryBytes() const {
        return sizeof *this + (m_means.capacity() + m_squares.capacity()) * sizeof(double);
    }

 private:
    std::uint64_t m_rows = 0;
    std::vector<double> m_means, m_squares;  ///< squares: sums of squared distances from the mean
};

}  // namespace rw::learn
