// What a program of Spark, and spark-submit around it, say: events among noise, and the one line of a trace
// or a log that tells what went wrong.
#pragma once
#include <string>
#include <string_view>

#include "core/cluster/json_members.h"

namespace rw {

/// The event {"event": …} in a line, also behind or before words of others: what Python writes on both of its
/// outputs comes by one. Null: there is none, or it is broken (`cut`, when set, tells which).
Json sparkEvent(std::string_view line, bool* cut = nullptr);

/// Of an error the innermost one that Spark has a name for, “[DIVIDE_BY_ZERO] Division by zero. …”; else its
/// first line.
std::string sparkCause(const std::string& error);

/// The piece of SQL that Spark marks in an error as what failed, a line of it; empty: it marks none.
std::string sparkFragment(const std::string& error);

/// Of what a program wrote on its output and as its errors the line that says most of why it has ended;
/// empty: there is none.
std::string tellingLine(const std::string& output, const std::string& errors);

}  // namespace rw
