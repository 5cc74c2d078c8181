// What an updating window has shown so far, so that only changes are emitted.
#pragma once
#include <vector>

#include "core/stream/window_results.h"

namespace rw {

class ShownWindow {
 public:
    explicit ShownWindow(const WindowPlan& plan) : m_keys(plan.keyTypes) {}

    /// Emits what turns the rows shown before into those of `state`: +I for new keys, −U and +U for changed
    /// ones, −D for keys that are gone. A result that fails is rejected when it begins to fail.
    Status show(const Window& window, const GroupState& state, WindowResults& results, Output& out);

    std::int64_t earlySteps = 0;  ///< early results shown
    std::size_t memoryBytes() const;

 private:
    enum class Shown : std::uint8_t { No, Yes, Failed };

    KeyTable m_keys;
    std::vector<Shown> m_shown;         ///< one a key
    std::vector<std::uint32_t> m_rows;  ///< row of the key in m_values
    std::vector<ColumnRef> m_values;    ///< keys and aggregates as they were when shown last
};

}  // namespace rw
