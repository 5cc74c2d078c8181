// The variance of a model's errors, while rows pass: the mean of their squares.
#pragma once
#include <algorithm>
#include <cmath>

#include "core/learn/models/model.h"

namespace rw::learn {

/// The plain mean of the squares at first; from 1 / weight errors on, each counts with `weight` and those
/// before it fade.
class ErrorVariance {
 public:
    /// No deviation is told of fewer errors.
    static constexpr std::uint64_t kFewest = 10;

    explicit ErrorVariance(double weight) : m_weight(weight) {}

    void add(double error) {
        const double count = static_cast<double>(m_count + 1);
        const double mean = m_mean + (error * error - m_mean) * std::max(1 / count, m_weight);
        if (!std::isfinite(mean)) return;
        m_mean = mean;
        ++m_count;
    }
    /// kUnknown: too few errors.
    double variance() const { return m_count < kFewest ? kUnknown : m_mean; }
    void visit(ModelFields& fields) {
        fields.number("error_variance", m_mean);
        fields.count("errors", m_count);
        if (fields.reads() && !(m_mean >= 0)) fields.broken("variance of errors");
    }

 private:
    double m_weight;
    double m_mean = 0;
    std::uint64_t m_count = 0;
};

}  // namespace rw::learn
