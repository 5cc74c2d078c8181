#include "core/score/linear_model.h"

#include <utility>

namespace rw::score {

LinearModel::LinearModel(ModelHead head, Link link, LinearNumbers numbers)
    : OwnModel(std::move(head), link, numbers.intercepts.size(), false), m_numbers(std::move(numbers)) {}

void LinearModel::raw(const Tile& tile, std::vector<double>& raw) const {
    const std::size_t inputs = head().inputs.size();
    for (std::size_t r = 0; r < tile.rows; ++r) {
        const double* const row = tile.values.data() + r * inputs;
        for (std::size_t k = 0; k < raws(); ++k) {
            const double* const weights = m_numbers.weights.data() + k * inputs;
            double sum = 0;
            for (std::size_t i = 0; i < inputs; ++i) sum += weights[i] * scaled(row[i], i);
            raw[r * raws() + k] = sum + m_numbers.intercepts[k];
        }
    }
}

void LinearModel::explainRow(const double* row, std::size_t number, double* parts) const {
    const std::size_t inputs = head().inputs.size();
    parts[0] += m_numbers.intercepts[number];
    for (std::size_t i = 0; i < inputs; ++i) {
        const double weight = m_numbers.weights[number * inputs + i];
        const double usual = weight * (m_numbers.scales.empty()
                                           ? head().inputs[i].mean.value_or(0)
                                           : scaled(head().inputs[i].mean.value_or(m_numbers.means[i]), i));
        parts[0] += usual;
        parts[1 + i] += weight * scaled(row[i], i) - usual;
    }
}

}  // namespace rw::score
