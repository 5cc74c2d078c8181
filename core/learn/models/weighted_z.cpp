#include "core/learn/models/weighted_z.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/learn/models/factory.h"

namespace rw::learn {

namespace {

struct WeightedZOptions {
    std::size_t features = 1;
    double alpha = 0.01, band = 3;
    std::size_t outputs() const { return 4; }
};

class WeightedZ final : public Model {
 public:
    explicit WeightedZ(const WeightedZOptions& options)
        : m_options(options), m_means(options.features), m_variances(options.features) {}

    void score(const Example& row, std::span<double> outputs) const override {
        std::fill(outputs.begin(), outputs.end(), kUnknown);
        if (m_rows == 0) return;
        double score = 0;
        for (std::size_t i = 0; i < row.features.size(); ++i) {
            const double distance = std::fabs(row.features[i] - m_means[i]);
            score = std::max(score, distance == 0 ? 0 : distance / std::sqrt(m_variances[i]));
        }
        if (std::isfinite(score)) outputs[0] = score;
        if (row.features.size() > 1) return;
        const double half = m_options.band * std::sqrt(m_variances[0]);
        outputs[1] = m_means[0];
        if (!std::isfinite(m_means[0] - half) || !std::isfinite(m_means[0] + half)) return;
        outputs[2] = m_means[0] - half;
        outputs[3] = m_means[0] + half;
    }

    void explain(const Example& row, std::span<double> distances) const override {
        for (std::size_t i = 0; i < distances.size(); ++i) {
            const double distance = row.features[i] - m_means[i];
            distances[i] = m_rows == 0 ? kUnknown : distance == 0 ? 0 : distance / std::sqrt(m_variances[i]);
        }
    }

    void learn(const Example& row) override {
        for (std::size_t i = 0; i < row.features.size(); ++i) {
            if (m_rows == 0) {
                m_means[i] = row.features[i];
                continue;
            }
            const double distance = row.features[i] - m_means[i];
            const double step = m_options.alpha * distance;
            const double variance = (1 - m_options.alpha) * (m_variances[i] + distance * step);
            if (!std::isfinite(variance)) continue;
            m_means[i] += step;
            m_variances[i] = variance;
        }
        ++m_rows;
    }

    void visit(ModelFields& fields) override {
        fields.count("rows", m_rows);
        fields.numbers("means", m_means);
        fields.numbers("variances", m_variances);
        if (!fields.reads()) return;
        for (const double variance : m_variances) {
            if (variance < 0) fields.broken("variance of a weighted mean");
        }
    }

    std::size_t memoryBytes() const override {
        return sizeof *this + (m_means.capacity() + m_variances.capacity()) * sizeof(double);
    }

 private:
    const WeightedZOptions m_options;
    std::uint64_t m_rows = 0;
    std::vector<double> m_means, m_variances;
};

}  // namespace

ModelFactoryRef weightedZ(std::size_t features, const ModelOptions& options) {
    return std::make_shared<FactoryOf<WeightedZ, WeightedZOptions>>(
        WeightedZOptions{features, options.number("alpha", 0.01), options.number("band", 3)});
}

}  // namespace rw::learn
