#include "widgets/session/sample_figures.h"

#include <utility>

namespace rw::ui {

const LookedPort* SampledPipeline::port(const PortRef& from) const {
    const auto found = ports.find(from);
    return found != ports.end() ? &found->second : nullptr;
}

void SampleFigures::set(SampledPipelineRef sampled) {
    if (sampled == m_sampled) return;
    m_sampled = std::move(sampled);
    Q_EMIT changed();
}

void SampleFigures::setOfNode(SampledPipelineRef ofNode) {
    if (ofNode == m_ofNode) return;
    const SampledPipelineRef before = rows();
    m_ofNode = std::move(ofNode);
    if (rows() != before) Q_EMIT changed();
}

void SampleFigures::setCurrent(std::optional<SampledRow> row) {
    if (!row && !m_current) return;
    m_current = std::move(row);
    Q_EMIT currentChanged();
}

const LookedCounts* SampleFigures::countsOf(const NodeId& node) const {
    if (!m_sampled) return nullptr;
    const auto found = m_sampled->nodes.find(node);
    return found != m_sampled->nodes.end() ? &found->second : nullptr;
}

std::optional<std::uint64_t> SampleFigures::rowsAt(const PortRef& from) const {
    const LookedPort* const port = m_sampled ? m_sampled->port(from) : nullptr;
    return port != nullptr ? std::optional(port->count) : std::nullopt;
}

}  // namespace rw::ui
