#include "tests/learn/factor_twin.h"

#include "core/learn/models/biased_factors.h"

namespace rw::test {

namespace {

/// Calls `add` with the start of each user or item: a bias of 0, then its factors.
template <class Add>
void addEach(const std::vector<double>& factors, std::size_t each, Add add) {
    for (std::size_t i = 0; i < factors.size(); i += each) {
        std::vector<double> numbers{0};
        numbers.insert(numbers.end(), factors.begin() + static_cast<std::ptrdiff_t>(i),
                       factors.begin() + static_cast<std::ptrdiff_t>(i + each));
        add(numbers);
    }
}

/// By the ids of users or items their numbers, which are in the order of the case.
std::map<double, std::size_t> numbersOf(const std::vector<double>& ids) {
    std::map<double, std::size_t> numbers;
    for (const double id : ids) numbers.emplace(id, numbers.size());
    return numbers;
}

/// Features: ids of the user and the item. Output: the rating that is expected.
class FactorsModel final : public learn::Model {
 public:
    FactorsModel(const OracleCase& oracle, const learn::BiasedFactorsOptions& options)
        : m_factors(options, 1),
          m_users(numbersOf(oracle.starts.at("user_ids"))),
          m_items(numbersOf(oracle.starts.at("item_ids"))) {
        addEach(oracle.starts.at("user_factors"), options.factors,
                [this](const std::vector<double>& numbers) { m_factors.addUser(numbers); });
        addEach(oracle.starts.at("item_factors"), options.factors,
                [this](const std::vector<double>& numbers) { m_factors.addItem(numbers); });
    }
    void score(const learn::Example& row, std::span<double> outputs) const override {
        outputs[0] = m_factors.predict(m_users.at(row.features[0]), m_items.at(row.features[1]));
    }
    void learn(const learn::Example& row) override {
        m_factors.learn(m_users.at(row.features[0]), m_items.at(row.features[1]), row.target);
    }
    void visit(learn::ModelFields&) override {}  // it is never stored
    std::size_t memoryBytes() const override { return m_factors.memoryBytes(); }

 private:
    learn::Factors m_factors;
    const std::map<double, std::size_t> m_users, m_items;
};

class FactorsFactory final : public learn::ModelFactory {
 public:
    explicit FactorsFactory(const OracleCase& oracle) : m_oracle(oracle) {
        m_options.factors = static_cast<std::size_t>(oracle.option("factors"));
        m_options.rate = oracle.option("rate");
    }
    std::unique_ptr<learn::Model> make(std::uint64_t) const override {
        return std::make_unique<FactorsModel>(m_oracle, m_options);
    }
    std::size_t features() const override { return 2; }
    std::size_t outputs() const override { return 1; }

 private:
    const OracleCase m_oracle;
    learn::BiasedFactorsOptions m_options{};
};

}  // namespace

OracleTwin matrixFactorisationTwin(const OracleCase& oracle) {
    return {.factory = std::make_shared<FactorsFactory>(oracle),
            .features = {"user", "item"},
            .target = "number",
            .limit = 1e-14};
}

}  // namespace rw::test
