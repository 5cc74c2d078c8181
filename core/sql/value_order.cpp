#include "core/sql/value_order.h"

#include <cmath>

namespace rw::sql {

bool ordersBefore(double a, double b) {
    if (a < b) return true;
    if (b < a) return false;
    if (std::isnan(a) || std::isnan(b)) return std::isnan(b) && !std::isnan(a);
    return std::signbit(a) && !std::signbit(b);
}

}  // namespace rw::sql
