// Which streams the Data panel can show for what is selected.
#pragma once
#include <QString>
#include <vector>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

struct WatchedPort {
    PortRef from;
    QString name;  ///< of the port; of a sink, what sends it rows

    bool operator==(const WatchedPort&) const = default;
};

/// The output ports of the one selected node, what enters it when it is a sink, or what flows on the one
/// selected wire. Empty: nothing or too much is selected.
std::vector<WatchedPort> watchedPorts(PipelineDocument& document);

}  // namespace rw::ui
