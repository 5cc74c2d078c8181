// The state of an operator on its way into pages, piece by piece.
#pragma once
#include <array>
#include <string>

#include "core/stream/changing_state.h"
#include "core/stream/operator.h"
#include "core/stream/paged/page_files.h"

namespace rw {

/// Takes the state of `op`, none of which is frozen, as a checkpoint would. The operator and the pages
/// outlive it, and the operator takes nothing meanwhile. Single-threaded.
class LeavingState {
 public:
    /// About `bytes` are in memory besides.
    LeavingState(const Operator& op, ChangingState* changing, PageFiles& pages, std::size_t bytes);

    /// Goes on with some of it. False: all is in pages. After an error the pages are of no use, and what is
    /// frozen of the operator is to be written.
    Result<bool> run();
    std::size_t memoryBytes() const { return m_waiting; }

 private:
    Status take(std::string_view fields);
    Status flush();

    const Operator& m_op;
    ChangingState* const m_changing;  ///< null: its state comes in one piece
    PageFiles& m_pages;
    const std::size_t m_most;
    std::string m_rest{};  ///< fields of no key: each page has them
    std::array<std::string, kKeyGroups> m_fields{};
    std::size_t m_waiting = 0;
};

}  // namespace rw
