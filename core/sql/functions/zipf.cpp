#include "core/sql/functions/zipf.h"

#include <algorithm>
#include <cmath>

namespace rw::sql {

namespace {

/// log1p(x) / x and expm1(x) / x, also at 0.
double logQuotient(double x) {
    return std::abs(x) > 1e-8 ? std::log1p(x) / x : 1 - x * (0.5 - x / 3);
}
double expQuotient(double x) {
    return std::abs(x) > 1e-8 ? std::expm1(x) / x : 1 + x * 0.5 * (1 + x / 3);
}

}  // namespace

Zipf::Zipf(std::int64_t n, double s)
    : m_n(n),
      m_s(s),
      m_first(integral(1.5) - 1),
      m_last(integral(static_cast<double>(n) + 0.5)),
      m_squeeze(2 - inverse(integral(2.5) - weight(2))) {}

double Zipf::weight(double x) const {
    return std::exp(-m_s * std::log(x));
}

double Zipf::integral(double x) const {
    const double log = std::log(x);
    return expQuotient((1 - m_s) * log) * log;
}

double Zipf::inverse(double y) const {
    const double t = std::max(y * (1 - m_s), -1.0);  // rounding may take it below
    return std::exp(logQuotient(t) * y);
}

std::int64_t Zipf::candidate(double u) const {
    const double x = std::min(inverse(u), static_cast<double>(m_n));
    return std::clamp(static_cast<std::int64_t>(x + 0.5), std::int64_t{1}, m_n);
}

bool Zipf::accepts(std::int64_t k, double u) const {
    const auto x = static_cast<double>(k);
    return x - inverse(u) <= m_squeeze || u >= integral(x + 0.5) - weight(x);
}

}  // namespace rw::sql
