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

/// One model of all users and items, which have numbers in the order in which they were added. Its state is
/// not that of a key: so it is no Model, but learns and predicts by the same rules. Single-threaded.
class BiasedFactors {
 public:
    BiasedFactors(const BiasedFactorsOptions& options, std::uint64_t seed)
        : m_options(options), m_seed(seed) {}

    /// Adds users (items) up to `count`: their factors start at random, by the hashes of their keys alone.
    void addUser(std::uint64_t keyHash) { add(m_users, keyHash, kUserSalt); }
    void addItem(std::uint64_t keyHash) { add(m_items, keyHash, kItemSalt); }
    std::size_t users() const { return m_users.size() / width(); }
    std::size_t items() const { return m_items.size() / width(); }

    /// The rating that is expected; kUnknown when it overflows.
    double predict(std::size_t user, std::size_t item) const;
    /// Of a user who is not known: by the item alone.
    double predictForNewUser(std::size_t item) const;
    /// A step that would overflow is left out. `rating` is finite.
    void learn(std::size_t user, std::size_t item, double rating);

    /// Numbers of a user or item in the state: its bias, then its factors.
    std::size_t width() const { return m_options.factors + 1; }
    std::span<const double> user(std::size_t index) const { return of(m_users, index); }
    std::span<const double> item(std::size_t index) const { return of(m_items, index); }
    /// Adds users (items) as they were in the state; `numbers` are finite, a multiple of width() of them.
    void restoreUsers(std::span<const double> numbers) { append(m_users, numbers); }
    void restoreItems(std::span<const double> numbers) { append(m_items, numbers); }
    /// The rest of the state.
    struct Ratings {
        std::uint64_t count = 0;
        double mean = 0;
    };
    const Ratings& ratings() const { return m_ratings; }
    void restoreRatings(const Ratings& ratings) { m_ratings = ratings; }
    std::size_t memoryBytes() const {
        return sizeof *this + (m_users.capacity() + m_items.capacity()) * sizeof(double);
    }

 private:
    static constexpr std::uint64_t kUserSalt = 1, kItemSalt = 2;

    void add(std::vector<double>& to, std::uint64_t keyHash, std::uint64_t salt) const;
    std::span<const double> of(const std::vector<double>& from, std::size_t index) const {
        return std::span(from).subspan(index * width(), width());
    }
    static void append(std::vector<double>& to, std::span<const double> numbers) {
        to.insert(to.end(), numbers.begin(), numbers.end());
    }
    double expected(std::span<const double> user, std::span<const double> item) const;

    const BiasedFactorsOptions m_options;
    const std::uint64_t m_seed;
    std::vector<double> m_users{}, m_items{};
    Ratings m_ratings{};
    std::vector<double> m_moved{};  ///< of one call; kept for its memory
};

}  // namespace rw::learn
