// A comparison in plain English: for the output of the command line, and for the clipboard.
#pragma once
#include <cstddef>
#include <string>

#include "core/compare/compare.h"

namespace rw {

/// The default for the number of rows that are listed of each kind of difference.
inline constexpr std::size_t kReportedRows = 20;

/// The names of both sides.
struct ComparedNames {
    std::string a{}, b{};
};
/// Two names that can be told apart: “staging (1)” and “staging (2)” of the same one twice.
ComparedNames comparedNames(const std::string& a, const std::string& b);

/// “held”, “not held”, “unknown”.
Text heldWord(CheckedCondition::Held held);

/// “staging: late.size: the fault. How to mend it.”
std::string refusalText(const CompareRefusal& refusal);

/// A line per refusal; else the nodes and conditions, of each kind of difference the first `rows`.
std::string compareText(const CompareReport& report, const ComparedNames& names,
                        std::size_t rows = kReportedRows);

}  // namespace rw
