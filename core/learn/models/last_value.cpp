// See last_value.h.
#include "core/learn/models/last_value.h"

#include <cmath>

#include "core/learn/models/error_variance.h"

namespace rw::learn {

namespace {

class LastValue final : public Forecaster {
 public:
    explicit LastValue(const LastValueOptions& options)
        : m_last(std::max<std::size_t>(options.season, 1), 0), m_errors(options.errorWeight) {}

    void forecast(std::span<Forecast> steps) const override {
        const std::size_t season = m_last.size();
        if (m_rows < season) return;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            steps[i].mean = m_last[(m_rows + i) % season];
            const double repeats = static_cast<double>(i / season + 1);
            steps[i].deviation = std::sqrt(m_errors.variance() * repeats);
        }
    }

    void learn(const Example& row) override {
        double& place = m_last[m_rows % m_last.size()];
        if (m_rows >= m_last.size()) m_errors.add(row.features[0] - place);
        place = row.features[0];
        ++m_rows;
    }

    void skip(std::uint64_t steps) override {
        // Before the first season is whole, it begins anew; later, the values of the season before stay.
        m_rows = m_rows < m_last.size() ? 0 : m_rows + steps;
    }

    void visit(ModelFields& fields) override {
        fields.count("rows", m_rows);
        fields.numbers("last", m_last);
        m_errors.visit(fields);
    }

    std::size_t memoryBytes() const override { return sizeof *this + m_last.capacity() * sizeof(double); }

 private:
    std::uint64_t m_rows = 0;
    std::vector<double> m_last;  ///< row n is at n % size
    ErrorVariance m_errors;
};

class LastValueFactory final : public ModelFactory {
 public:
    explicit LastValueFactory(const LastValueOptions& options) : m_options(options) {}
    std::unique_ptr<Model> make(std::uint64_t) const override {
        return std::make_unique<LastValue>(m_options);
    }
    std::size_t features() const override { return Forecaster::kFeatures; }
    std::size_t outputs() const override { return Forecaster::kOutputs; }

 private:
    LastValueOptions m_options;
};

}  // namespace

ModelFactoryRef lastValue(const LastValueOptions& options) {
    return std::make_shared<LastValueFactory>(options);
}

}  // namespace rw::learn
