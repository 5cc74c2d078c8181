// HyperLogLog with an exact beginning: how many different values there were, from their hashes.
#pragma once
#include <cstdint>
#include <vector>

namespace rw::sql {

/// Exact up to kExact different hashes, then an estimate with a standard error of 0.8 % in 16 KiB. The result
/// depends on the set of hashes alone: not on their order, nor on how the set was cut up before merging.
class DistinctCountSketch {
 public:
    static constexpr std::size_t kExact = 512;

    void add(std::uint64_t hash);
    void merge(const DistinctCountSketch& other);
    std::int64_t estimate() const;
    std::size_t memoryBytes() const;
    template <class Cells>
    static void cells(auto& self, Cells& cells) {
        cells(self.m_hashes, self.m_registers);
        if constexpr (Cells::kReads) {
            if (!self.sound()) cells.fail();
        }
    }

 private:
    /// Whether add() and merge() can have made it.
    bool sound() const;
    void addToRegisters(std::uint64_t hash);
    void becomeRegisters();

    std::vector<std::uint64_t> m_hashes;  ///< sorted; while there are few
    std::vector<std::uint8_t>
        m_registers;  ///< longest run of zeros + 1 in each part; empty while there are few
};

}  // namespace rw::sql
