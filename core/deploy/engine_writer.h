// Writes a pipeline for an engine: its words for expressions, its table of nodes, the files that are made for
// it. core/cluster/engine_backend.h runs a pipeline there.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/deploy/form.h"
#include "core/deploy/translation.h"

namespace rw {

struct EngineWriter {
    Engine engine{};
    std::string_view title{};  ///< “Apache Flink”
    const Dialect& dialect;
    std::vector<NodeFormEntry>
        forms;               ///< of each type that it can have, and of those whose refusal has its reason
    NodeFormEntry charts{};  ///< of each chart; without a type
    std::vector<Artefact> artefacts{};
    /// Settings of the session, which come before all other statements; null: there are none.
    std::vector<Statement> (*settings)(const Pipeline& pipeline) = nullptr;
    /// Whether a node is refused whatever its type is; it adds the reason. Null: none is.
    bool (*refuses)(NodeForm& form) = nullptr;
    /// Lines of artefacts below the verdicts; null: none.
    std::vector<std::string> (*notes)(const Translation& translation) = nullptr;

    /// The row of a type. One without a row is refused: nobody has written it for this engine.
    const NodeFormEntry& form(const NodeKind& kind) const;
};

const EngineWriter& writerOf(Engine engine);

// Each in the folder of its engine.
#define RW_ENGINE(Name, word) const EngineWriter& word##Writer();
#include "core/deploy/engines.def"
#undef RW_ENGINE

}  // namespace rw
