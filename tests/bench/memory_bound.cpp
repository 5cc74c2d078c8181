#include "tests/bench/memory_bound.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <numeric>

namespace rw::bench {

double nanosecondsAByte() {
    static const double kMeasured = [] {
        constexpr std::size_t kNumbers = std::size_t{32} << 20;  // 256 MB: more than any cache holds
        constexpr int kRounds = 5;
        const std::vector<std::uint64_t> numbers(kNumbers, 1);
        double best = 1e18;
        for (int round = 0; round < kRounds; ++round) {
            const auto start = std::chrono::steady_clock::now();
            const std::uint64_t sum = std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0});
            const std::chrono::duration<double, std::nano> passed = std::chrono::steady_clock::now() - start;
            if (sum != kNumbers) std::abort();  // it is read, so that it is summed up
            best = std::min(best, passed.count());
        }
        return best / static_cast<double>(kNumbers * sizeof(std::uint64_t));
    }();
    return kMeasured;
}

double memoryBound(const std::vector<Batch>& batches, const ColumnSet& read) {
    std::size_t bytes = 0, rows = 0;
    for (Batch batch : batches) {
        for (std::size_t column = 0; column < batch.columns.size(); ++column) {
            if (!read[column]) batch.columns[column] = nullptr;
        }
        bytes += batch.memoryBytes();
        rows += batch.rows;
    }
    return static_cast<double>(bytes) / static_cast<double>(rows) * nanosecondsAByte();
}

}  // namespace rw::bench
