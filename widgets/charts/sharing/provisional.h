// How charts draw early results, which may still change.
#pragma once
#include <cstdint>

namespace rw::ui {

enum class Provisional : std::uint8_t {
    Shown,   ///< as final ones
    Dimmed,  ///< hatched, dotted or in dim letters
    Hidden   ///< not at all
};

}  // namespace rw::ui
