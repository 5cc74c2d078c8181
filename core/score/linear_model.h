// Linear models: each raw number is an intercept and a weight for each input.
#pragma once
#include "core/score/own_model.h"

namespace rw::score {

struct LinearNumbers {
    std::vector<double> intercepts{};       ///< one for each raw number
    std::vector<double> weights{};          ///< for each raw number one for each input
    std::vector<double> means{}, scales{};  ///< (x − mean) / scale comes first; empty: it does not
};

class LinearModel final : public OwnModel {
 public:
    LinearModel(ModelHead head, Link link, LinearNumbers numbers);
    const LinearNumbers& numbers() const { return m_numbers; }
    std::size_t rowCost() const override { return m_numbers.weights.size() + 8; }
    Status explains() const override { return {}; }
    std::size_t memoryBytes() const override { return m_numbers.weights.capacity() * sizeof(double); }

 private:
    void raw(const Tile& tile, std::vector<double>& raw) const override;
    /// An input adds weight × (x − its mean), where the mean is known; the bias is the rest.
    void explainRow(const double* row, std::size_t number, double* parts) const override;
    double scaled(double value, std::size_t input) const {
        return m_numbers.scales.empty() ? value : (value - m_numbers.means[input]) / m_numbers.scales[input];
    }

    const LinearNumbers m_numbers;
};

}  // namespace rw::score
