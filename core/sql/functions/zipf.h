// Zipf's distribution: k of 1 … n with a probability proportional to 1 / k^s.
#pragma once
#include <cstdint>

namespace rw::sql {

/// Rejection-inversion sampling (Hörmann and Derflinger, 1996): constant time for any n.
class Zipf {
 public:
    /// n ≥ 1, s ≥ 0.
    Zipf(std::int64_t n, double s);
    /// `draw()` gives numbers uniform in [0, 1); it is called until one is accepted, twice at most nearly
    /// always.
    template <class Draw>
    std::int64_t sample(const Draw& draw) const {
        while (true) {
            const double u = m_last + draw() * (m_first - m_last);
            const std::int64_t k = candidate(u);
            if (accepts(k, u)) return k;
        }
    }

 private:
    double integral(double x) const;
    double inverse(double y) const;
    double weight(double x) const;
    std::int64_t candidate(double u) const;
    bool accepts(std::int64_t k, double u) const;

    std::int64_t m_n;
    double m_s;
    double m_first, m_last, m_squeeze;
};

}  // namespace rw::sql
