// Results of windows that were closed ahead of their time, because the node was edited: they are in the state
// that the edited node restores, which gives them before anything else.
#pragma once
#include <deque>
#include <span>
#include <string_view>

#include "core/data/state_reader.h"
#include "core/stream/operator.h"
#include "core/stream/window_plan.h"

namespace rw {

class ClosedResults {
 public:
    /// Writes rows of the output, whose columns `keys` are those by which the node is spread.
    static void write(const Batch& rows, std::span<const int> keys, StateWriter& out);
    /// Whether a state holds nothing but such rows.
    static bool areAll(const StateReader& state) { return state.has(kName); }

    /// Takes those of `own`; `output` says what the rows have to be.
    Status restore(const StateReader& state, const KeyGroups& own, const StreamType& output);
    bool any() const { return !m_batches.empty(); }
    /// Gives a batch of them.
    void emitSome(Output& out);

 private:
    static constexpr std::string_view kName = "closed";
    static constexpr std::uint32_t kVersion = 1;

    std::deque<Batch> m_batches{};
};

}  // namespace rw
