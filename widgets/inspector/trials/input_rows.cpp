#include "widgets/inspector/trials/input_rows.h"

#include <algorithm>
#include <utility>

namespace rw::ui {

InputRows::InputRows(PipelineDocument& document, RunSession* session, NodeId node, QObject* parent)
    : QObject(parent), m_document(document), m_session(session), m_node(std::move(node)) {
    if (m_session == nullptr) return;
    connect(m_session, &RunSession::updated, this, &InputRows::look);
    connect(m_session, &RunSession::runReplaced, this, [this] {
        m_tap.reset();
        look();
    });
    look();
}

void InputRows::look() {
    if (!m_tap) {
        const std::vector<Wire>& wires = m_document.pipeline().wires;
        const NodeKind* kind = m_document.kindOf(m_node);
        if (kind == nullptr || kind->inputs.empty()) return;
        const auto wire = std::find_if(wires.begin(), wires.end(), [&](const Wire& each) {
            return each.to == PortRef{m_node, kind->inputs.front().name};
        });
        if (wire != wires.end()) m_tap = m_session->tap(wire->from);
    }
    const bool has = hasRows();
    if (std::exchange(m_had, has) != has) Q_EMIT changed();
}

bool InputRows::hasRows() const {
    if (!m_tap || m_tap->version() == 0) return false;
    const std::vector<Batch> kept = m_tap->recent();
    return std::any_of(kept.begin(), kept.end(), [](const Batch& batch) { return batch.rows > 0; });
}

std::vector<Batch> InputRows::rows() const {
    return m_tap ? m_tap->recent() : std::vector<Batch>();
}

}  // namespace rw::ui
