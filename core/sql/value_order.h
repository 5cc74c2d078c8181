// The total order of SQL's values.
#pragma once
#include <string>
#include <string_view>

#include "core/data/column.h"

namespace rw::sql {

inline std::string_view comparable(const StringRef& value) {
    return value.view();
}
inline std::string_view comparable(const std::string& value) {
    return value;
}
template <class T>
const T& comparable(const T& value) {
    return value;
}

/// The total order that results go by: strings bytewise, NaN above all, −0.0 below 0.0, so that no result
/// depends on which of two equal values came first.
template <class A, class B>
bool ordersBefore(const A& a, const B& b) {
    return comparable(a) < comparable(b);
}
bool ordersBefore(double a, double b);

}  // namespace rw::sql
