// Reads the texts of Flink's operators, as its planner writes them (2.3).
#pragma once
#include <optional>
#include <string>

#include "core/cluster/flink_graph.h"

namespace rw {

/// Operators that rows only pass: a projection, with or without a condition, or nothing at all.
bool isPassage(const FlinkOperator& made);
/// The condition of a Calc; nothing: it has none, all rows go on.
std::optional<std::string> conditionOf(const FlinkOperator& made);
/// Whether a condition only keeps rows out that are late for their window.
bool isWindowGuard(const std::string& condition);
/// Whether a condition is true of all rows: the count that a sort goes by is more than 0.
bool isSortCount(const std::string& condition);
/// The table that a scan reads, without its catalogue; empty: it is no scan.
std::string scannedTable(const FlinkOperator& made);
/// Whether its text has a window of this kind: “TUMBLE(”.
bool hasWindow(const FlinkOperator& made, const std::string& kind);

}  // namespace rw
