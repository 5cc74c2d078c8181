// The general entries of the engines' tables for a type of node, a function or an aggregate: for help, and
// for programs that ask. translate() finds what holds for one node of a pipeline.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "core/deploy/verdict.h"
#include "core/pipeline/node_kind.h"

namespace rw {

struct Portability {
    Verdict verdict = Verdict::Refused;
    Text what{};       ///< why, where it is not exact
    Text condition{};  ///< the verdict stands only while this holds; empty: always
    Text fix{};        ///< how to avoid it; empty: it can't be
    /// Exact, and nothing is to be said of it.
    bool unreserved() const { return verdict == Verdict::Exact && condition.empty() && what.empty(); }
};

/// The verdict of each engine on one thing. A word that an engine's table has no row for is exact there.
struct PortabilityRow {
    std::string name{};  ///< as in the tables: a type of node, “ABS”, “||”, “CASE”
    std::array<Portability, kEngines.size()> there{};

    const Portability& on(Engine engine) const { return there[static_cast<std::size_t>(engine)]; }
    Portability& on(Engine engine) { return there[static_cast<std::size_t>(engine)]; }
    /// As Portability::unreserved(), on all engines.
    bool unreserved() const;
};

/// In the order of the catalogue, those of functions in that of the tables.
std::vector<PortabilityRow> nodePortability(const Catalogue& catalogue);
std::vector<PortabilityRow> functionPortability();
std::vector<PortabilityRow> aggregatePortability();

}  // namespace rw
