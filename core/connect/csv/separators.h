// Where the fields and lines of a piece of CSV end: the part of reading CSV that touches every byte.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/connect/csv/format.h"
#include "core/connect/files/byte_buffer.h"

namespace rw {

/// Used again and again: the vectors are sized to the room there is.
struct CsvSeparators {
    std::vector<std::uint32_t> offsets;  ///< of each delimiter and line end outside quotes
    std::vector<std::uint32_t>
        lasts;              ///< index into `offsets` of the line end of each line, but for broken ones
    std::size_t count = 0;  ///< of offsets
    std::size_t lines = 0;  ///< of lasts
    /// Lines with broken quotes: offset and size without the LF.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> broken;
    bool unusual = false;  ///< there may be bytes that are NUL or not ASCII
};

/// Which instructions to search with: Best takes what the machine has, the others are for comparing.
enum class Vectors { Best, Sse2, None };

/// For bytes that end with LF and hold no quotes; kReadAhead bytes behind them can be read.
void findSeparators(std::string_view bytes, char delimiter, CsvSeparators& found,
                    Vectors use = Vectors::Best);
/// The same where there are quotes.
void findQuotedSeparators(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits,
                          CsvSeparators& found);

}  // namespace rw
