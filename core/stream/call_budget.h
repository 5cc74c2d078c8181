// How much a call of an operator may do before it answers that it has more to do.
#pragma once
#include <algorithm>
#include <cstddef>

namespace rw {

/// Counted in rows emitted and groups merged, a unit each; more or less costly work takes more or fewer units.
/// A call gets about as many as a few batches have rows: some milliseconds of work.
class CallBudget {
 public:
    explicit CallBudget(std::size_t batchRows) : m_left(kBatches * batchRows) {}

    void spend(std::size_t units) { m_left -= std::min(units, m_left); }
    /// For texts of so many bytes that were copied.
    void spendText(std::size_t bytes) { spend(bytes / kBytesOfUnit); }
    bool spent() const { return m_left == 0; }
    /// Units left, at least one: a call that is let go on gets somewhere.
    std::size_t left() const { return std::max<std::size_t>(m_left, 1); }

 private:
    static constexpr std::size_t kBatches = 4, kBytesOfUnit = 1024;
    std::size_t m_left;
};

}  // namespace rw
