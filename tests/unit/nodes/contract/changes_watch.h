// Checks the state that an operator writes by change (ChangingState) against the one that it writes in one
// piece.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/operator.h"

namespace rw::test {

/// Takes checkpoints of an operator again and again, whose parts are written while rows go on; some of them
/// never, as when a disk is full. An operator that restores one must be in the state of that barrier. Does
/// nothing where the operator is no ChangingState.
class ChangesWatch {
 public:
    using Make = std::function<Result<std::unique_ptr<Operator>>()>;
    /// `make`: another instance like this one, with these key groups.
    ChangesWatch(Operator& watched, Make make, KeyGroups own);

    /// Between two calls of the operator that have left nothing to do.
    void betweenCalls();
    /// A last checkpoint. What was wrong; empty: nothing.
    std::string finish();

 private:
    bool watches() const { return m_changing && m_changing->writesChanges(); }
    void freeze();
    void writeSome();
    void writeAll();
    std::string restored(const std::string& state);

    Operator& m_watched;
    ChangingState* const m_changing;
    const Make m_make;
    const KeyGroups m_own;
    std::string m_atBarrier{}, m_rest{};  ///< as the operator wrote them then
    std::string m_parts{}, m_part{};      ///< of the checkpoints that are there; of the one under way
    StateWriter m_out{};
    unsigned m_calls = 0, m_barriers = 0;
    bool m_frozen = false, m_whole = true;
    std::string m_problem{};
};

}  // namespace rw::test
