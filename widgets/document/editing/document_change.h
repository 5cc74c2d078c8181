// One change of the document, told after the pipeline has taken it.
#pragma once
#include <algorithm>
#include <vector>

#include "widgets/document/editing/item_ref.h"

namespace rw::ui {

struct DocumentChange {
    enum class Kind {
        Reset,              ///< another pipeline altogether: forget everything
        NodesAdded,         ///< nodes
        NodesRemoved,       ///< nodes; they are gone from the pipeline already
        NodesMoved,         ///< nodes
        ParamChanged,       ///< nodes: some of their parameters
        TitleChanged,       ///< nodes
        FlagsChanged,       ///< nodes: disabled or collapsed
        WiresAdded,         ///< wires
        WiresRemoved,       ///< wires; gone already
        NotesAdded,         ///< comments
        NotesRemoved,       ///< comments; gone already
        NotesChanged,       ///< comments: words, place or size
        PropertiesChanged,  ///< settings or variables
        CardsChanged        ///< cards of the dashboard
    };
    Kind kind = Kind::Reset;
    std::vector<ItemRef> items{};  ///< of the kind that is said above

    /// Looks through all of them.
    bool isAbout(const ItemRef& item) const {
        return std::find(items.begin(), items.end(), item) != items.end();
    }
};

}  // namespace rw::ui
