// What the tables of the engines say in general of a type of node, a function or an aggregate: for help, and
// for programs that ask. What holds for one node of a pipeline is found by translate().
#pragma once
#include <string_view>
#include <vector>

#include "core/deploy/verdict.h"

namespace rw {

struct Portability {
    Verdict verdict = Verdict::Refused;
    Text what{};       ///< why, where it is not exact
    Text condition{};  ///< the verdict stands only while this holds; empty: always
    Text fix{};        ///< what to do instead; empty: nothing can be done
    /// Exact, and nothing is to be said of it.
    bool unreserved() const { return verdict == Verdict::Exact && condition.empty() && what.empty(); }
};

/// What both engines make of one thing. A word that an engine's table has no row for is exact there.
struct PortabilityRow {
    std::string_view name{};  ///< as in the tables: a type of node, “ABS”, “||”, “CASE”
    Portability flink{}, spark{};
};

/// In the order of the tables.
std::vector<PortabilityRow> nodePortability();
std::vector<PortabilityRow> functionPortability();
std::vector<PortabilityRow> aggregatePortability();

}  // namespace rw
