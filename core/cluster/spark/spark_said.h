// Reads the output of a program of Spark, and of spark-submit around it: events among noise, and the line of
// a trace or a log that tells the fault.
#pragma once
#include <string>
#include <string_view>

#include "core/cluster/json_members.h"

namespace rw {

/// The event {"event": …} in a line, also behind or before other text: both outputs of Python come by one.
/// Null: there is none, or it is broken (`cut`, when set, tells which).
Json sparkEvent(std::string_view line, bool* cut = nullptr);

/// Of an error the innermost one that Spark has a name for, “[DIVIDE_BY_ZERO] Division by zero. …”; else its
/// first line.
std::string sparkCause(const std::string& error);

/// The piece of SQL that Spark marks in an error as the fault, a line of it; empty: it marks none.
std::string sparkFragment(const std::string& error);

/// The line of a program's output and errors that tells most of why it has ended; empty: there is none.
std::string tellingLine(const std::string& output, const std::string& errors);

}  // namespace rw
