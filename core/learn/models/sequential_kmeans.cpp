// See sequential_kmeans.h.
#include "core/learn/models/sequential_kmeans.h"

#include <algorithm>
#include <cmath>

namespace rw::learn {

namespace {

/// Of a centre that was given: it moves by the rate from the first row on.
constexpr double kManyRows = 1e15;

class SequentialKMeans final : public Model {
 public:
    explicit SequentialKMeans(const KMeansOptions& options)
        : m_features(options.features),
          m_most(options.clusters),
          m_radius(options.radius),
          m_rate(options.rate),
          m_centres{options.centres,
                    std::vector<double>(options.centres.size() / options.features, kManyRows)} {}

    void score(const Example& row, std::span<double> outputs) const override {
        const Nearest nearest = nearestTo(row.features);
        outputs[0] = static_cast<double>(begins(nearest) ? clusters() : nearest.cluster);
        outputs[1] = std::isfinite(nearest.distance) ? nearest.distance : kUnknown;
    }

    void explain(const Example& row, std::span<double> distances) const override {
        const Nearest nearest = nearestTo(row.features);
        for (std::size_t i = 0; i < m_features; ++i)
            distances[i] = clusters() == 0
                               ? kUnknown
                               : row.features[i] - m_centres.places[nearest.cluster * m_features + i];
    }

    void learn(const Example& row) override {
        const Nearest nearest = nearestTo(row.features);
        if (begins(nearest)) {
            m_centres.places.insert(m_centres.places.end(), row.features.begin(), row.features.end());
            m_centres.rows.push_back(1);
            return;
        }
        double& rows = m_centres.rows[nearest.cluster];
        rows += 1;
        const double share = std::max(1 / rows, m_rate);
        double* centre = &m_centres.places[nearest.cluster * m_features];
        for (std::size_t i = 0; i < m_features; ++i) {
            const double moved = centre[i] + share * (row.features[i] - centre[i]);
            if (std::isfinite(moved)) centre[i] = moved;
        }
    }

    void visit(ModelFields& fields) override {
        fields.list("rows", m_centres.rows, m_most);
        fields.list("centres", m_centres.places, m_most * m_features);
        if (!fields.reads()) return;
        if (m_centres.places.size() != m_centres.rows.size() * m_features) fields.broken("centres");
        for (const double rows : m_centres.rows) {
            if (!(rows >= 1)) fields.broken("rows of a centre");
        }
    }

    std::size_t memoryBytes() const override {
        return sizeof *this + (m_centres.places.capacity() + m_centres.rows.capacity()) * sizeof(double);
    }

    const Centres& centres() const { return m_centres; }

 private:
    struct Nearest {
        std::size_t cluster = 0;
        double distance = std::numeric_limits<double>::infinity();  ///< also where it overflows
    };

    std::size_t clusters() const { return m_centres.rows.size(); }

    Nearest nearestTo(std::span<const double> features) const {
        Nearest nearest;
        for (std::size_t cluster = 0; cluster < clusters(); ++cluster) {
            const double* centre = &m_centres.places[cluster * m_features];
            double squares = 0;
            for (std::size_t i = 0; i < m_features; ++i) {
                const double difference = std::fabs(centre[i] - features[i]);
                squares += difference * difference;
            }
            if (squares < nearest.distance) nearest = {cluster, squares};
        }
        nearest.distance = std::sqrt(nearest.distance);
        return nearest;
    }
    /// Whether a row that is so near begins a cluster.
    bool begins(const Nearest& nearest) const {
        return clusters() == 0 || (clusters() < m_most && nearest.distance > m_radius);
    }

    const std::size_t m_features, m_most;
    const double m_radius, m_rate;
    Centres m_centres;
};

class KMeansFactory final : public ModelFactory {
 public:
    explicit KMeansFactory(const KMeansOptions& options) : m_options(options) {}
    std::unique_ptr<Model> make(std::uint64_t) const override {
        return std::make_unique<SequentialKMeans>(m_options);
    }
    std::size_t features() const override { return m_options.features; }
    std::size_t outputs() const override { return 2; }

 private:
    const KMeansOptions m_options;
};

}  // namespace

ModelFactoryRef sequentialKMeans(const KMeansOptions& options) {
    return std::make_shared<KMeansFactory>(options);
}

Centres centresOf(const Model& model) {
    return static_cast<const SequentialKMeans&>(model).centres();
}

}  // namespace rw::learn
