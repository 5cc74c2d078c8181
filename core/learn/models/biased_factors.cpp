// See biased_factors.h.
#include "core/learn/models/biased_factors.h"

#include <algorithm>
#include <cmath>

#include "core/learn/models/random_start.h"

namespace rw::learn {

double BiasedFactors::expected(std::span<const double> user, std::span<const double> item) const {
    double sum = m_ratings.mean + user[0] + item[0];
    double product = 0;
    for (std::size_t i = 1; i < width(); ++i) product += user[i] * item[i];
    sum += product;
    return std::isfinite(sum) ? sum : kUnknown;
}

double BiasedFactors::predict(std::size_t user, std::size_t item) const {
    return expected(of(m_users, user), of(m_items, item));
}

double BiasedFactors::predictForNewUser(std::size_t item) const {
    const double sum = m_ratings.mean + of(m_items, item)[0];
    return std::isfinite(sum) ? sum : kUnknown;
}

void BiasedFactors::learn(std::size_t user, std::size_t item, double rating) {
    const Ratings before = m_ratings;
    ++m_ratings.count;
    if (m_options.biased) m_ratings.mean += (rating - m_ratings.mean) / static_cast<double>(m_ratings.count);
    double* u = &m_users[user * width()];
    double* v = &m_items[item * width()];
    // Of the squared error
    const double gradient = 2 * (expected(of(m_users, user), of(m_items, item)) - rating);
    const double rate = m_options.rate, shrinking = m_options.shrinking;
    m_moved.clear();
    for (std::size_t i = 0; i < width(); ++i) {
        const double byUser = i == 0 ? (m_options.biased ? 1 : 0) : u[i];
        const double byItem = i == 0 ? byUser : v[i];
        m_moved.push_back(u[i] - rate * (gradient * byItem + shrinking * u[i]));
        m_moved.push_back(v[i] - rate * (gradient * byUser + shrinking * v[i]));
    }
    const auto isFinite = [](double value) { return std::isfinite(value); };
    if (!isFinite(m_ratings.mean) || !std::all_of(m_moved.begin(), m_moved.end(), isFinite)) {
        m_ratings = before;
        return;
    }
    for (std::size_t i = 0; i < width(); ++i) {
        u[i] = m_moved[2 * i];
        v[i] = m_moved[2 * i + 1];
    }
}

void BiasedFactors::add(std::vector<double>& to, std::uint64_t keyHash, std::uint64_t salt) const {
    const std::uint64_t seed = seedOfKey(m_seed + salt, keyHash);
    to.push_back(0);
    // Evenly spread numbers of that deviation: they come out the same on any machine, unlike logarithms.
    const double reach = std::sqrt(3.0) * m_options.spread;
    for (std::size_t i = 0; i < m_options.factors; ++i) {
        to.push_back(reach * (2 * randomStart(seed, i) - 1));
    }
}

}  // namespace rw::learn
