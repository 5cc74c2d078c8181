// Rows that come too late, and those that fail, as Flink SQL has them.
//
// A row is judged by the watermark of its own source, right behind it: CURRENT_WATERMARK there is the row's
// stamp (event-time rules, 1). Flink's operators would judge it by clocks of their own, which depend on
// timing. Rows that a node made are never late, and need no guard.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "core/deploy/form.h"

namespace rw {

/// Says once that the verdict stands while this holds.
void flinkWhen(NodeForm& form, const Text& condition);
/// Approximated where rows of several sources meet above: Flink has the smallest of their watermarks there,
/// and takes rows that are late by their own.
void flinkFindLateRows(NodeForm& form, int port);
/// Adds a remark where rows have no order in their source: Flink takes rows with equal values in the columns
/// that a node orders by as they come.
void flinkFindTies(NodeForm& form, const StreamType& input, const Text& condition);

/// The rows of an input with event time that are on time: writes a view of them, and gives its name, quoted.
std::string flinkOnTime(NodeForm& form, int port, std::string_view part);

/// The parts of a late port's query.
struct FlinkLate {
    std::string from{};                                ///< quoted
    std::function<std::string(int)> column{};          ///< of the input, by number; empty: by its name
    std::string by = "CAST(NULL AS BIGINT)";           ///< late_by
    std::string until = "CAST(NULL AS TIMESTAMP(3))";  ///< late_for
    std::string where = "FALSE";
};
/// The milliseconds between two instants, of which `to` is the later one.
std::string flinkMillisBetween(const std::string& from, const std::string& to);
/// Writes a late port, where it is wired.
void flinkLatePort(NodeForm& form, int port, std::string_view output, const FlinkLate& late);
/// That of a node that judges rows by their event time; `windowEnd`: the column, quoted, that they are late
/// for.
void flinkLateByTime(NodeForm& form, int port, std::string_view output, const std::string& windowEnd = {});
/// That of a node for which no row is late.
void flinkNeverLate(NodeForm& form, int port, std::string_view output);

}  // namespace rw
