// The horizontal axis of a heat map: columns of one width, at round numbers or round clock times.
#pragma once
#include <cstddef>
#include <cstdint>

#include "core/base/time.h"
#include "core/views/bin_width.h"

namespace rw {

/// Each width is a multiple of the one before, so that columns merge without loss. Not thread-safe.
class HeatAxis {
 public:
    /// Of numbers; `whole`: integers, for which no width below 1 is of use.
    static HeatAxis ofNumbers(bool whole);
    /// Of milliseconds since the epoch. `least`: the first round width that is at least this.
    static HeatAxis ofTimes(Millis least);

    /// The column that holds `value`; nothing where it is too far away for this width.
    bool place(double value, std::int64_t& column) const;
    /// Before the first value: takes a width so fine that the others decide it.
    void startAt(double value);
    /// Takes the next width. Column c is in floorDiv(c, result) then; 1: there is no wider one.
    std::int64_t widen();
    double width() const;
    double edge(std::int64_t column) const;

    void fields(StateFields& state);

 private:
    bool m_times = false, m_whole = false;
    std::size_t m_step = 0;  ///< times: of the list of round widths
    BinScale m_scale{};      ///< numbers
};

}  // namespace rw
