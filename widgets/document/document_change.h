// One change of the document, told after the pipeline has taken it.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

struct DocumentChange {
    enum class Kind {
        Reset,              ///< another pipeline altogether: forget everything
        NodesAdded,         ///< nodes
        NodesRemoved,       ///< nodes; they are gone from the pipeline already
        NodesMoved,         ///< nodes
        ParamChanged,       ///< nodes (one), param
        TitleChanged,       ///< nodes (one)
        FlagsChanged,       ///< nodes: disabled or collapsed
        WiresAdded,         ///< wires
        WiresRemoved,       ///< wires; gone already
        PropertiesChanged,  ///< settings or variables
        CardsChanged,       ///< cards of the dashboard
        NotesChanged
    };
    Kind kind = Kind::Reset;
    std::vector<NodeId> nodes{};
    std::vector<Wire> wires{};
    std::string param{};
};

}  // namespace rw::ui
