#include "core/learn/models/residual.h"

#include <algorithm>
#include <cmath>

namespace rw::learn {

namespace {

class Residual final : public Model {
 public:
    Residual(std::unique_ptr<Model> forecaster, double band)
        : m_forecaster(std::move(forecaster)), m_band(band) {}

    void score(const Example& row, std::span<double> outputs) const override {
        double told[Forecaster::kOutputs];
        m_forecaster->score(row, told);
        const double expected = told[Forecaster::kExpected], deviation = told[Forecaster::kDeviation];
        const double distance = std::fabs(row.features[0] - expected);
        outputs[0] = distance == 0 && deviation >= 0 ? 0 : finite(distance / deviation);
        outputs[1] = expected;
        outputs[2] = finite(expected - m_band * deviation);
        outputs[3] = finite(expected + m_band * deviation);
    }
    void learn(const Example& row) override { m_forecaster->learn(row); }
    void visit(ModelFields& fields) override { m_forecaster->visit(fields); }
    std::size_t memoryBytes() const override { return sizeof *this + m_forecaster->memoryBytes(); }

 private:
    static double finite(double value) { return std::isfinite(value) ? value : kUnknown; }

    const std::unique_ptr<Model> m_forecaster;
    const double m_band;
};

class ResidualFactory final : public ModelFactory {
 public:
    ResidualFactory(ModelFactoryRef forecaster, double band)
        : m_forecaster(std::move(forecaster)), m_band(band) {}
    std::unique_ptr<Model> make(std::uint64_t seed) const override {
        return std::make_unique<Residual>(m_forecaster->make(seed), m_band);
    }
    std::size_t features() const override { return Forecaster::kFeatures; }
    std::size_t outputs() const override { return 4; }
    std::uint32_t version() const override { return m_forecaster->version(); }

 private:
    const ModelFactoryRef m_forecaster;
    const double m_band;
};

}  // namespace

ModelFactoryRef residualOf(ModelFactoryRef forecaster, double band) {
    return std::make_shared<ResidualFactory>(std::move(forecaster), band);
}

}  // namespace rw::learn
