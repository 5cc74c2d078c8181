// Biased matrix factorisation: a rating is the mean of all, plus a bias of the user and one of the item, plus
// the product of some factors of both.
//
// Y. Koren, R. Bell, C. Volinsky, “Matrix Factorization Techniques for Recommender Systems”, IEEE Computer 42
// (2009); learnt one rating at a time by gradient descent, as S. Funk did (2006). Without biases it is his.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/learn/models/model.h"

namespace rw::learn {

struct BiasedFactorsOptions {
    std::size_t factors = 16;
    double rate = 0.01;    ///< of a step down the gradient of the squared error
    double shrinking = 0;  ///< share of biases and factors that a step of rate 1 takes away
    double spread = 0.1;   ///< standard deviation of the factors at their start
    bool biased = true;
};

/// Users and items have numbers, in the order in which they were first seen. Features: both numbers; target:
/// the rating. Outputs: the rating that is expected. The number behind the last is of one that is new, and
/// learning adds it; others are not known.
ModelFactoryRef biasedFactors(const BiasedFactorsOptions& options);

/// What a model of biasedFactors() knows. Single-threaded.
class Factors {
 public:
    Factors(const BiasedFactorsOptions& options, std::uint64_t seed) : m_options(options), m_seed(seed) {}

    std::size_t users() const { return m_users.size() / width(); }
    std::size_t items() const { return m_items.size() / width(); }
    /// The rating that is expected, kUnknown when it overflows. Of a user who is not known it is that of the
    /// item alone, and the other way round.
    double predict(std::size_t user, std::size_t item) const;
    /// Adds what is new: the next number of both. A step that would overflow is left out.
    void learn(std::size_t user, std::size_t item, double rating);
    /// Sets the start of a user, or an item: its bias, then its factors. To compare with starts of others.
    void addUser(std::span<const double> numbers) { append(m_users, numbers); }
    void addItem(std::span<const double> numbers) { append(m_items, numbers); }
    std::span<const double> user(std::size_t index) const { return of(m_users, index); }
    std::span<const double> item(std::size_t index) const { return of(m_items, index); }

    void visit(ModelFields& fields);
    std::size_t memoryBytes() const {
        return sizeof *this + (m_users.capacity() + m_items.capacity()) * sizeof(double);
    }

 private:
    std::size_t width() const { return m_options.factors + 1; }
    std::span<const double> of(const std::vector<double>& from, std::size_t index) const {
        return std::span(from).subspan(index * width(), width());
    }
    static void append(std::vector<double>& to, std::span<const double> numbers) {
        to.insert(to.end(), numbers.begin(), numbers.end());
    }
    void addNext(std::vector<double>& to, std::uint64_t salt) const;

    const BiasedFactorsOptions m_options;
    std::uint64_t m_seed;
    std::vector<double> m_users{}, m_items{};
    std::uint64_t m_count = 0;  ///< of ratings
    double m_mean = 0;
    std::vector<double> m_moved{};  ///< of one call; kept for its memory
};

/// Of a model that biasedFactors() made.
const Factors& factorsOf(const Model& model);

}  // namespace rw::learn
