// Python as forms write it: names of variables, literals, calls that break where they grow long.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/deploy/python_text.h"

namespace rw {

/// The variable of a relation: `bids`, `bidsRejected` for “bids$rejected”, `outer_IN_inner` for
/// “outer/inner”; with `_` at its end where the word is Python's or the program's own. No two relations share
/// one.
std::string pyName(std::string_view relation);

/// pyText() for a text with variables of the pipeline in it, which the program puts in: `sql("a > ${min}")`.
std::string pySql(std::string_view sql);
std::string pyFlag(bool flag);

/// `[a, b]`, `{a: b}` of written elements, each in a line of its own where one line would be too long.
std::string pyList(const std::vector<std::string>& elements);
std::string pyDict(const std::vector<std::string>& entries);
/// `head(a, b)`.
std::string pyCall(std::string_view head, const std::vector<std::string>& arguments);
/// Names and the like as a list of string literals.
std::string pyTexts(const std::vector<std::string>& texts);

}  // namespace rw
