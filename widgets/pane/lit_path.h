// The way of an answer through the pipeline, for the canvas to show it alone. App leads it from the panel
// that has the answer to the canvas.
#pragma once
#include <QString>
#include <cstdint>
#include <map>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

struct LitPath {
    QString question{};                 ///< what it is the answer to, in a few words
    NodeId asked{};                     ///< the node whose row that is, one of `cards`
    std::map<NodeId, QString> cards{};  ///< the nodes on the way; what each did to the rows
    struct Lit {
        Wire wire{};
        std::uint64_t rows = 0;  ///< of the answer that came by it
        bool operator==(const Lit&) const = default;
    };
    std::vector<Lit> wires{};  ///< on the way
    /// There is none: everything is shown alike.
    bool empty() const { return cards.empty(); }
    bool operator==(const LitPath&) const = default;
};

}  // namespace rw::ui
