// What the newest samples say: that of the whole pipeline, for cards and wires while nothing runs, and the
// rows beside expressions, also in a run.
#pragma once
#include <QObject>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "core/look/look_counts.h"

namespace rw::ui {

/// Immutable, for any thread.
struct SampledPipeline {
    std::map<NodeId, LookedCounts> nodes{};
    std::map<PortRef, LookedPort> ports{};  ///< with their first rows
    /// Live sources of which no rows are known, and that can be listened to; subflows with such ones.
    std::set<NodeId> silent{};
    bool cut = false;                       ///< ended before all rows of its sources went through

    /// Null: no rows of it are known.
    const LookedPort* port(const PortRef& from) const;
};
using SampledPipelineRef = std::shared_ptr<const SampledPipeline>;

/// The row that the person looks at among those that come into a node.
struct SampledRow {
    NodeId node{};
    PortRef from{};
    std::size_t number = 0;  ///< among the rows of the port, from 0
    Batch row{};             ///< that one
};

class SampleFigures : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;

    /// Null: nothing is shown of a sample.
    const SampledPipelineRef& sampled() const { return m_sampled; }
    void set(SampledPipelineRef sampled);
    /// For fields: sampled(), or while that is not taken the rows that come into one node, without counts;
    /// null: none are known.
    const SampledPipelineRef& rows() const { return m_sampled ? m_sampled : m_ofNode; }
    void setOfNode(SampledPipelineRef ofNode);
    const std::optional<SampledRow>& current() const { return m_current; }
    void setCurrent(std::optional<SampledRow> row);

    // Of the sample that is shown; null and nothing: there is none, or not of that.
    const LookedCounts* countsOf(const NodeId& node) const;
    std::optional<std::uint64_t> rowsAt(const PortRef& from) const;

 Q_SIGNALS:
    void changed();
    void currentChanged();

 private:
    SampledPipelineRef m_sampled{}, m_ofNode{};
    std::optional<SampledRow> m_current{};
};

}  // namespace rw::ui
