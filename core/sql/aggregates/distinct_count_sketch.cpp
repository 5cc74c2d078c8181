#include "core/sql/aggregates/distinct_count_sketch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace rw::sql {

namespace {

constexpr int kIndexBits = 14;
constexpr std::size_t kRegisters = std::size_t{1} << kIndexBits;
constexpr int kLongestRun = 64 - kIndexBits;

// The two series of Ertl, “New cardinality estimation algorithms for HyperLogLog sketches”, 2017: they
// correct for registers that are still empty and for those that are full, so no table of biases is needed.
double emptyRegisters(double share) {
    if (share == 1) return INFINITY;
    double power = 1, sum = share, previous = 0;
    do {
        share *= share;
        previous = sum;
        sum += share * power;
        power += power;
    } while (sum != previous);
    return sum;
}

double fullRegisters(double share) {
    if (share == 0 || share == 1) return 0;
    double power = 1, sum = 1 - share, previous = 0;
    do {
        share = std::sqrt(share);
        previous = sum;
        power /= 2;
        sum -= (1 - share) * (1 - share) * power;
    } while (sum != previous);
    return sum / 3;
}

}  // namespace

bool DistinctCountSketch::sound() const {
    if (m_registers.empty()) {
        const auto unordered = [](std::uint64_t a, std::uint64_t b) { return a >= b; };
        return m_hashes.size() <= kExact &&
               std::adjacent_find(m_hashes.begin(), m_hashes.end(), unordered) == m_hashes.end();
    }
    const auto tooLong = [](std::uint8_t run) { return run > kLongestRun + 1; };
    return m_hashes.empty() && m_registers.size() == kRegisters &&
           std::none_of(m_registers.begin(), m_registers.end(), tooLong);
}

void DistinctCountSketch::addToRegisters(std::uint64_t hash) {
    const std::size_t index = hash >> (64 - kIndexBits);
    const std::uint64_t rest = (hash << kIndexBits) | (std::uint64_t{1} << (kIndexBits - 1));
    const auto run = static_cast<std::uint8_t>(std::countl_zero(rest) + 1);
    m_registers[index] = std::max(m_registers[index], run);
}

void DistinctCountSketch::becomeRegisters() {
    m_registers.assign(kRegisters, 0);
    for (const std::uint64_t hash : m_hashes) addToRegisters(hash);
    m_hashes = {};
}

void DistinctCountSketch::add(std::uint64_t hash) {
    if (!m_registers.empty()) return addToRegisters(hash);
    const auto place = std::lower_bound(m_hashes.begin(), m_hashes.end(), hash);
    if (place != m_hashes.end() && *place == hash) return;
    m_hashes.insert(place, hash);
    if (m_hashes.size() > kExact) becomeRegisters();
}

void DistinctCountSketch::merge(const DistinctCountSketch& other) {
    if (other.m_registers.empty()) {
        for (const std::uint64_t hash : other.m_hashes) add(hash);
        return;
    }
    if (m_registers.empty()) becomeRegisters();
    for (std::size_t i = 0; i < kRegisters; ++i) {
        m_registers[i] = std::max(m_registers[i], other.m_registers[i]);
    }
}

std::int64_t DistinctCountSketch::estimate() const {
    if (m_registers.empty()) return static_cast<std::int64_t>(m_hashes.size());
    std::array<double, kLongestRun + 2> counts{};
    for (const std::uint8_t run : m_registers) ++counts[run];
    const auto registers = static_cast<double>(kRegisters);
    double sum = registers * fullRegisters(1 - counts[kLongestRun + 1] / registers);
    for (std::size_t run = kLongestRun; run >= 1; --run) sum = (sum + counts[run]) / 2;
    sum += registers * emptyRegisters(counts[0] / registers);
    return std::llround(registers * registers / (2 * std::log(2.0) * sum));
}

std::size_t DistinctCountSketch::memoryBytes() const {
    return m_hashes.capacity() * sizeof(std::uint64_t) + m_registers.capacity();
}

}  // namespace rw::sql
