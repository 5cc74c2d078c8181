// Random small cases of every window kind: disorder, ties, delay 0, several wires in any interleaving, any
// batch sizes, stamps as columns or left out.
#pragma once
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline/node_kind.h"
#include "tests/unit/stream/cases/window_model.h"

namespace rw::test {

class WindowCase {
 public:
    WindowCase(WindowKind kind, std::uint64_t seed);

    const StreamType& input() const { return m_input; }
    int wires() const { return m_wires; }
    Json params() const;                 ///< of the node
    std::vector<ModelRow> rows() const;  ///< of all wires
    /// The result of the model.
    ModelResult expected() const;
    /// The rows of the wires in batches of any size, the wires in any order; the watermark is the smallest.
    void feed(const std::function<void(const Batch&)>& send, const std::function<void(Instant)>& advance);
    std::string describe() const;

    // The case's own random numbers, also for actions on it.
    std::size_t pick(std::size_t low, std::size_t high);
    bool chance(std::size_t percent) { return pick(0, 99) < percent; }

 private:
    void chooseWindows();
    void makeRows(int wire);
    Batch batch(std::size_t wire, std::size_t from, std::size_t count);

    std::mt19937_64 m_random;
    StreamType m_input;
    ModelWindows m_windows;
    Millis m_early = 0;
    int m_wires = 1;
    bool m_crowded = false;
    std::vector<std::vector<ModelRow>> m_rows;  ///< per wire
    std::vector<Instant> m_after;               ///< watermark of each wire after its last row
};

/// The difference between sorted lines, or an empty text.
std::string difference(const char* what, const std::vector<std::string>& expected,
                       const std::vector<std::string>& found);

}  // namespace rw::test
