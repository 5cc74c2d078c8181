// An observation about a run that its user would ask about, with the answer: why is this empty, why are rows
// late, what holds the watermark, where do rows end, what slows it down. Cards, charts, panels, --metrics and
// the command line show these words.
#pragma once
#include <string_view>
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/pipeline.h"

namespace rw {

struct Finding {
    enum class Reason {
        LateRows,         ///< rows came after their window had closed, by more than its lateness allows
        NoRowMatches,     ///< a condition that holds for none of many rows
        AllRejected,      ///< every row was rejected
        HotKeys,          ///< one of a node's tasks gets far more rows than the others, and has much to do
        KeysGrow,         ///< a node keeps many keys, and ever more
        StateInFiles,     ///< a node that slows the run down has state in files
        DiskFills,        ///< state in files grows, and its disk is about to have no more room for it
        HoldsOthers,      ///< results have waited for long for a source that gives no rows
        NoPairs,          ///< a join that has found no pair of many rows
        NullDropped,      ///< a condition was NULL for rows, which are dropped: a notice
        SourceHeld,       ///< a source gives nothing just now, and knows why
        SinkHeld,         ///< a sink can't hand over its rows just now: its system is out of reach
        KeepsCheckpoint,  ///< a checkpoint has been waiting for the node for long
        PartitionBehind,  ///< one partition's watermark is behind the others'
        InputBehind,      ///< one input's watermark is behind the others'
        WindowOpen,       ///< no window has closed yet
        NoRows,           ///< no row came, for the reason that `cause` has
        HeldUp            ///< rows could go faster, but for `cause`
    };
    Reason reason = Reason::NoRows;
    NodeId cause{};  ///< the node to look at, where it is another than where it shows
    Text summary;    ///< a few, for a card: “Waits for “Payments””
    Issue issue{};   ///< all of it: node, parameter, the sentence, the action, fixes

    /// Nothing is wrong, one waits; else it is advice.
    bool waiting() const { return reason >= Reason::SourceHeld; }
    /// It may well be meant so: worth knowing, and no fault.
    bool notice() const { return reason == Reason::NullDropped; }
};

/// As in metrics files: “late_rows”.
std::string_view nameOf(Finding::Reason reason);

}  // namespace rw
