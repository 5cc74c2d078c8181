// What the newest sample of the whole pipeline says, for all that show it while nothing runs: counts on cards
// and wires, rows beside expressions.
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
    const std::optional<SampledRow>& current() const { return m_current; }
    void setCurrent(std::optional<SampledRow> row);

    // Of the sample that is shown; null and nothing: there is none, or not of that.
    const LookedCounts* countsOf(const NodeId& node) const;
    std::optional<std::uint64_t> rowsAt(const PortRef& from) const;

 Q_SIGNALS:
    void changed();
    void currentChanged();

 private:
    SampledPipelineRef m_sampled{};
    std::optional<SampledRow> m_current{};
};

}  // namespace rw::ui
