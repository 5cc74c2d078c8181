#include "core/learn/models/naive_bayes.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/learn/models/factory.h"

namespace rw::learn {

namespace {

struct NaiveBayesOptions {
    std::size_t features = 0, classes = 2;
    std::size_t outputs() const { return classes; }
};

class NaiveBayes final : public Model {
 public:
    explicit NaiveBayes(const NaiveBayesOptions& options) : m_options(options) {}

    void score(const Example& row, std::span<double> outputs) const override {
        std::fill(outputs.begin(), outputs.end(), kUnknown);
        double rows = 0, largest = -std::numeric_limits<double>::infinity();
        for (const double of : m_rows) rows += of;
        if (rows == 0) return;
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_rows[i] == 0) continue;
            outputs[i] = std::log(m_rows[i] / rows) + logLikelihood(i, row.features);
            largest = std::max(largest, outputs[i]);
        }
        double sum = 0;
        for (const double value : outputs) sum += std::isnan(value) ? 0 : std::exp(value - largest);
        for (double& value : outputs) value = std::exp(value - largest) / sum;
    }

    void learn(const Example& row) override {
        if (!(row.target >= 0 && row.target < static_cast<double>(m_options.classes))) return;
        const auto ofClass = static_cast<std::size_t>(row.target);
        if (ofClass >= m_rows.size()) {
            m_rows.resize(ofClass + 1);
            m_means.resize(m_rows.size() * m_options.features);
            m_squares.resize(m_means.size());
        }
        const double rows = m_rows[ofClass] += row.weight;
        if (rows <= 0) return;
        for (std::size_t i = 0; i < m_options.features; ++i) {
            double &mean = m_means[ofClass * m_options.features + i],
                   &squares = m_squares[ofClass * m_options.features + i];
            const double before = row.features[i] - mean;
            const double moved = mean + row.weight * before / rows;
            const double sum = squares + row.weight * before * (row.features[i] - moved);
            if (!std::isfinite(moved) || !std::isfinite(sum)) continue;
            mean = moved;
            squares = sum;
        }
    }

    void visit(ModelFields& fields) override {
        fields.list("rows", m_rows, m_options.classes);
        fields.list("means", m_means, m_options.classes * m_options.features);
        fields.list("squares", m_squares, m_options.classes * m_options.features);
        if (!fields.reads()) return;
        const std::size_t values = m_rows.size() * m_options.features;
        const auto negative = [](double value) { return value < 0; };
        if (m_means.size() != values || m_squares.size() != values ||
            std::any_of(m_rows.begin(), m_rows.end(), negative) ||
            std::any_of(m_squares.begin(), m_squares.end(), negative)) {
            fields.broken("classes of naive Bayes");
        }
    }

    std::size_t memoryBytes() const override {
        return sizeof *this +
               (m_rows.capacity() + m_means.capacity() + m_squares.capacity()) * sizeof(double);
    }

 private:
    double logLikelihood(std::size_t ofClass, std::span<const double> features) const {
        constexpr double kLeast = 1e-9;  // a density: of a value that the class has never had
        double sum = 0;
        for (std::size_t i = 0; i < features.size(); ++i) {
            const std::size_t at = ofClass * m_options.features + i;
            const double variance = m_squares[at] / m_rows[ofClass], distance = features[i] - m_means[at];
            const double density = variance > 0 ? std::exp(-distance * distance / (2 * variance)) /
                                                      std::sqrt(2 * 3.14159265358979323846 * variance)
                                                : 0;
            sum += std::log(kLeast + density);
        }
        return sum;
    }

    const NaiveBayesOptions m_options;
    std::vector<double> m_rows{}, m_means{}, m_squares{};  ///< by class; the last two also by feature
};

}  // namespace

ModelFactoryRef naiveBayes(std::size_t features, const ModelOptions& options) {
    return std::make_shared<FactoryOf<NaiveBayes, NaiveBayesOptions>>(
        NaiveBayesOptions{features, options.count("classes", 2)});
}

}  // namespace rw::learn
