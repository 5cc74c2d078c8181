// Where the rows of a source stand in what it reads: for people who ask where a row is from.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/data/batch.h"

namespace rw {

/// A row in a file.
struct PlaceInFile {
    std::string file{};        ///< empty: there is no row of that number
    std::uint64_t offset = 0;  ///< bytes before it
    std::uint64_t line = 0;    ///< of its first byte, from 1
    std::string text{};        ///< its bytes, without the line end
    Batch row{};               ///< as it is read; no rows: it is rejected
};

/// A source of files, made for this alone: it is not polled.
class TellsOrigins {
 public:
    virtual ~TellsOrigins() = default;
    /// An entry for each of `numbers`, which rise: those of rows of the source, from 0. Reads the files from
    /// their beginning. `stops`: asked now and then; true gives it up with ErrorCode::Cancelled.
    virtual Result<std::vector<PlaceInFile>> origins(const std::vector<std::int64_t>& numbers,
                                                     const std::function<bool()>& stops) = 0;
};

}  // namespace rw
