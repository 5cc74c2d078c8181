// Where the fields and lines of a piece of CSV end: the part of reading CSV that touches every byte.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/connect/csv/format.h"
#include "core/connect/files/byte_buffer.h"

namespace rw {

/// Used again and again: the vector is sized to the room there is.
struct CsvSeparators {
    /// The byte before the first (-1, which wraps), then each delimiter and line end outside quotes: a field
    /// is between two neighbours.
    std::vector<std::uint32_t> offsets;
    std::size_t count = 0;  ///< of separators: offsets[1] … offsets[count]
    std::size_t lines = 0;  ///< line ends among them
    /// Lines with broken quotes, which have no separators: offset and size without the LF.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> broken;
    bool unusual = false;  ///< there may be bytes that are NUL or not ASCII
    bool quoted = false;   ///< there may be quotes
};

/// The instructions to search with: Best takes the fastest of the machine, the others are for comparing.
enum class Vectors { Best, Avx2, Sse2, None };

/// For bytes that end with LF; kReadAhead bytes behind them can be read. Ends early, with nothing but
/// `quoted` to go by, where the format has quotes and there is one.
void findSeparators(std::string_view bytes, const CsvFormat& format, CsvSeparators& found,
                    Vectors use = Vectors::Best);
/// The same for bytes with quotes.
void findQuotedSeparators(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits,
                          CsvSeparators& found);

}  // namespace rw
