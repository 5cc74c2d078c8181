#include "core/data/string_ref.h"

#include <stdexcept>
#include <string>

namespace rw {

void StringRef::throwTooLong(std::size_t size) {
    throw std::length_error("a text of " + std::to_string(size) + " bytes");
}

}  // namespace rw
