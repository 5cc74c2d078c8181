// An alert made of a chart's threshold with a click: a node on the rows that the chart draws, with the
// condition filled in. Where no row has the number of the chart, a window before it computes that.
#pragma once
#include <QString>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

class PipelineDocument;

/// What a click would do.
struct AlertOffer {
    enum class Kind {
        None,   ///< the chart has no threshold, or is not wired, or has errors
        Make,   ///< an alert
        Show,   ///< the one that there is
        Refuse  ///< nothing: `why`
    };
    Kind kind = Kind::None;
    NodeId alert{};       ///< Show
    QString threshold{};  ///< as people read it, with the unit of the chart
    QString why{};        ///< Refuse: and what helps
    bool operator==(const AlertOffer&) const = default;

    /// On a button or in a menu; empty of None.
    QString words() const;
};

AlertOffer alertOffer(const PipelineDocument& document, const NodeId& chart);

/// The alert nodes that judge the rows of a chart, that of its threshold first.
std::vector<NodeId> alertsOnRowsOf(const PipelineDocument& document, const NodeId& chart);

/// Makes the alert in one undo step, if there is none, and reveals it. Gives its id; empty: nothing was done.
NodeId makeAlert(PipelineDocument& document, const NodeId& chart);

}  // namespace rw::ui
