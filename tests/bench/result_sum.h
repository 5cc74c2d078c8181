// Whether two programs gave the same rows.
#pragma once
#include <cstdint>
#include <filesystem>

namespace rw::bench {

struct ResultSum {
    std::uint64_t rows = 0, sum = 0;
    bool operator==(const ResultSum&) const = default;
};

/// Of a CSV file with a header. The same for any order of the rows, any quoting of fields and any
/// number of zeros at the end of a number or a time; fractions count to six digits after the point.
ResultSum sumOf(const std::filesystem::path& csv);

}  // namespace rw::bench
