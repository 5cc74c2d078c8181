// Loops over values of a width that is known when a run begins: the width is looked at once, not for each
// value.
#pragma once
#include <cstddef>
#include <cstdint>

#include "core/data/type.h"

namespace rw {

/// Calls `body` with a value of an unsigned type that is `width` bytes wide, as widthOf() gives it: values
/// of a column are copied as that type.
template <class Body>
void withWidth(std::size_t width, Body body) {
    switch (width) {
        case 1:
            return body(std::uint8_t{});
        case 4:
            return body(std::uint32_t{});
        case 8:
            return body(std::uint64_t{});
        default:
            return body(UInt128{});
    }
}

}  // namespace rw
