#include "core/learn/models/running_scale.h"

#include <cmath>

namespace rw::learn {

void RunningScale::learn(std::span<const double> features) {
    ++m_rows;
    for (std::size_t i = 0; i < features.size(); ++i) {
        const double before = features[i] - m_means[i];
        const double mean = m_means[i] + before / static_cast<double>(m_rows);
        const double squares = m_squares[i] + before * (features[i] - mean);
        if (!std::isfinite(mean) || !std::isfinite(squares)) continue;  // beyond what a double holds
        m_means[i] = mean;
        m_squares[i] = squares;
    }
}

double RunningScale::deviation(std::size_t feature) const {
    return m_rows == 0 ? 0 : std::sqrt(m_squares[feature] / static_cast<double>(m_rows));
}

void RunningScale::apply(std::span<double> features) const {
    for (std::size_t i = 0; i < features.size(); ++i) {
        const double scale = deviation(i);
        const double scaled = scale > 0 ? (features[i] - m_means[i]) / scale : 0;
        features[i] = std::isfinite(scaled) ? scaled : 0;
    }
}

void RunningScale::visit(ModelFields& fields) {
    fields.count("rows", m_rows);
    fields.numbers("means", m_means);
    fields.numbers("squares", m_squares);
    if (!fields.reads()) return;
    for (const double squares : m_squares) {
        if (squares < 0) fields.broken("squares of a scale");
    }
}

}  // namespace rw::learn
