// See biased_factors.h.
#include "core/learn/models/biased_factors.h"

#include <algorithm>
#include <cmath>

#include "core/learn/models/random_start.h"

namespace rw::learn {

namespace {

constexpr std::uint64_t kUserSalt = 1, kItemSalt = 2;
constexpr std::size_t kMostNumbers = std::size_t{1} << 28U;  // of all users, or items: 2 GB

/// The number that a feature is; `none` when it is not one of 0 to `none`.
std::size_t numberIn(double feature, std::size_t none) {
    return feature >= 0 && feature < static_cast<double>(none) ? static_cast<std::size_t>(feature) : none;
}

class FactorsModel final : public Model {
 public:
    FactorsModel(const BiasedFactorsOptions& options, std::uint64_t seed) : m_factors(options, seed) {}

    void score(const Example& row, std::span<double> outputs) const override {
        outputs[0] = m_factors.predict(numberIn(row.features[0], m_factors.users()),
                                       numberIn(row.features[1], m_factors.items()));
    }
    void learn(const Example& row) override {
        const bool near = row.features[0] >= 0 && row.features[0] <= static_cast<double>(m_factors.users()) &&
                          row.features[1] >= 0 && row.features[1] <= static_cast<double>(m_factors.items());
        if (!near || !std::isfinite(row.target)) return;
        m_factors.learn(static_cast<std::size_t>(row.features[0]), static_cast<std::size_t>(row.features[1]),
                        row.target);
    }
    void visit(ModelFields& fields) override { m_factors.visit(fields); }
    std::size_t memoryBytes() const override {
        return sizeof *this - sizeof m_factors + m_factors.memoryBytes();
    }
    const Factors& factors() const { return m_factors; }

 private:
    Factors m_factors;
};

class FactorsFactory final : public ModelFactory {
 public:
    explicit FactorsFactory(const BiasedFactorsOptions& options) : m_options(options) {}
    std::unique_ptr<Model> make(std::uint64_t seed) const override {
        return std::make_unique<FactorsModel>(m_options, seed);
    }
    std::size_t features() const override { return 2; }
    std::size_t outputs() const override { return 1; }

 private:
    const BiasedFactorsOptions m_options;
};

}  // namespace

ModelFactoryRef biasedFactors(const BiasedFactorsOptions& options) {
    return std::make_shared<FactorsFactory>(options);
}

const Factors& factorsOf(const Model& model) {
    return static_cast<const FactorsModel&>(model).factors();
}

double Factors::predict(std::size_t user, std::size_t item) const {
    const bool knowsUser = user < users(), knowsItem = item < items();
    double sum = m_mean;
    if (knowsUser) sum += of(m_users, user)[0];
    if (knowsItem) sum += of(m_items, item)[0];
    if (knowsUser && knowsItem) {
        const std::span<const double> u = of(m_users, user), v = of(m_items, item);
        double product = 0;
        for (std::size_t i = 1; i < width(); ++i) product += u[i] * v[i];
        sum += product;
    }
    return m_count > 0 && std::isfinite(sum) ? sum : kUnknown;
}

void Factors::learn(std::size_t user, std::size_t item, double rating) {
    if (user == users()) addNext(m_users, kUserSalt);
    if (item == items()) addNext(m_items, kItemSalt);
    const double meanBefore = m_mean;
    ++m_count;
    if (m_options.biased) m_mean += (rating - m_mean) / static_cast<double>(m_count);
    double* u = &m_users[user * width()];
    double* v = &m_items[item * width()];
    // Of the squared error
    const double gradient = 2 * (predict(user, item) - rating);
    const double rate = m_options.rate, shrinking = m_options.shrinking;
    m_moved.clear();
    for (std::size_t i = 0; i < width(); ++i) {
        const double byUser = i == 0 ? (m_options.biased ? 1 : 0) : u[i];
        const double byItem = i == 0 ? byUser : v[i];
        m_moved.push_back(u[i] - rate * (gradient * byItem + shrinking * u[i]));
        m_moved.push_back(v[i] - rate * (gradient * byUser + shrinking * v[i]));
    }
    const auto isFinite = [](double value) { return std::isfinite(value); };
    if (!isFinite(m_mean) || !std::all_of(m_moved.begin(), m_moved.end(), isFinite)) {
        m_mean = meanBefore;
        --m_count;
        return;
    }
    for (std::size_t i = 0; i < width(); ++i) {
        u[i] = m_moved[2 * i];
        v[i] = m_moved[2 * i + 1];
    }
}

void Factors::addNext(std::vector<double>& to, std::uint64_t salt) const {
    const std::uint64_t seed = seedOfKey(m_seed + salt, to.size() / width());
    to.push_back(0);
    // Evenly spread numbers of that deviation: they come out the same on any machine, unlike logarithms.
    const double reach = std::sqrt(3.0) * m_options.spread;
    for (std::size_t i = 0; i < m_options.factors; ++i) {
        to.push_back(reach * (2 * randomStart(seed, i) - 1));
    }
}

void Factors::visit(ModelFields& fields) {
    fields.count("seed", m_seed);
    fields.count("ratings", m_count);
    fields.number("mean", m_mean);
    fields.list("users", m_users, kMostNumbers);
    fields.list("items", m_items, kMostNumbers);
    if (fields.reads() && (m_users.size() % width() != 0 || m_items.size() % width() != 0)) {
        m_users.clear();
        m_items.clear();
        fields.broken("numbers of users or items");
    }
}

}  // namespace rw::learn
