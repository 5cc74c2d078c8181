// See page_hinkley.h.
#include "core/learn/models/page_hinkley.h"

#include <algorithm>
#include <cmath>

namespace rw::learn {

namespace {

/// What the rows since the last change sum up to.
struct Sums {
    double rows = 0, mean = 0;
    double up = 0, down = 0;  ///< faded sums of the differences from the mean, less or plus delta
    double least = std::numeric_limits<double>::max(), most = -1;  ///< of up, and of down
};

class PageHinkley final : public DriftDetector {
 public:
    explicit PageHinkley(const PageHinkleyOptions& options) : m_options(options) {}

    void score(const Example& row, std::span<double> outputs) const override {
        const Sums sums = next(row.features[0]);
        outputs[kDrift] = far(sums) ? 1 : 0;
        outputs[kMean] = sums.rows > 0 ? sums.mean : kUnknown;
        outputs[kRows] = sums.rows;
    }

    void learn(const Example& row) override { m_sums = next(row.features[0]); }

    void visit(ModelFields& fields) override {
        fields.number("rows", m_sums.rows);
        fields.number("mean", m_sums.mean);
        fields.number("up", m_sums.up);
        fields.number("down", m_sums.down);
        fields.number("least", m_sums.least);
        fields.number("most", m_sums.most);
        if (fields.reads() && !(m_sums.rows >= 0)) fields.broken("rows of a drift detector");
    }

    std::size_t memoryBytes() const override { return sizeof *this; }

 private:
    /// Whether the row that was summed up last shows a change.
    bool far(const Sums& sums) const {
        return sums.rows >= static_cast<double>(m_options.fewest) &&
               (sums.up - sums.least > m_options.threshold || sums.most - sums.down > m_options.threshold);
    }
    /// With one more row; after a change they begin anew.
    Sums next(double value) const {
        const Sums before = far(m_sums) ? Sums{} : m_sums;
        Sums sums = before;
        sums.rows += 1;
        sums.mean += (value - sums.mean) / sums.rows;
        const double difference = value - sums.mean;
        sums.up = m_options.keep * sums.up + difference - m_options.delta;
        sums.down = m_options.keep * sums.down + difference + m_options.delta;
        if (!std::isfinite(sums.mean) || !std::isfinite(sums.up) || !std::isfinite(sums.down)) return before;
        sums.least = std::min(sums.least, sums.up);
        sums.most = std::max(sums.most, sums.down);
        return sums;
    }

    const PageHinkleyOptions m_options;
    Sums m_sums{};
};

class PageHinkleyFactory final : public ModelFactory {
 public:
    explicit PageHinkleyFactory(const PageHinkleyOptions& options) : m_options(options) {}
    std::unique_ptr<Model> make(std::uint64_t) const override {
        return std::make_unique<PageHinkley>(m_options);
    }
    std::size_t features() const override { return DriftDetector::kFeatures; }
    std::size_t outputs() const override { return DriftDetector::kOutputs; }

 private:
    const PageHinkleyOptions m_options;
};

}  // namespace

ModelFactoryRef pageHinkley(const PageHinkleyOptions& options) {
    return std::make_shared<PageHinkleyFactory>(options);
}

}  // namespace rw::learn
