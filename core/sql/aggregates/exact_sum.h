// Sums of DOUBLE from which every value can be taken out again.
#pragma once
#include <cstdint>
#include <vector>

#include "core/data/type.h"
#include "core/sql/aggregates/double_sum.h"

namespace rw::sql {

/// The exact sum of DOUBLEs, as integers of 128 bits that stand 32 binary places apart. Its content depends
/// on the values in it alone, not on how they came and went, and nothing is left when all are gone.
/// Infinities and NaN are counted apart.
class ExactSum {
 public:
    /// Adds `value` so many times; negative: takes it out.
    void add(double value, std::int64_t times = 1);
    /// The exact square as far as two DOUBLEs hold it.
    void addSquare(double value, std::int64_t times = 1);
    void merge(const ExactSum& other);

    /// Whether neither infinities nor NaN are among the values.
    bool finite() const;
    /// The nearest DOUBLE; with infinities and NaN as IEEE 754 adds them.
    double value() const;
    /// The sum as high + low, about 106 bits; for finite() sums only.
    SumParts parts() const;

    std::size_t heapBytes() const { return m_parts.capacity() * sizeof(Part); }
    template <class Cells>
    static void cells(auto& self, Cells& cells) {
        cells(self.m_parts);
        if constexpr (Cells::kReads) {
            if (!self.ordered()) cells.fail();
        }
    }

 private:
    struct Part {
        int place;  ///< of 32 binary digits above 2^-1074; beyond them the counts of infinities and NaN
        Int128 sum;
        static void cells(auto& self, auto& cells) { cells(self.place, self.sum); }
    };
    /// The invariant of m_parts.
    bool ordered() const;
    void addAt(int place, Int128 sum);
    double finiteValue() const;

    std::vector<Part> m_parts;  ///< by place; none is zero
};

}  // namespace rw::sql
