// What is selected in a document. Shared by canvas, outline, inspector and panels.
#pragma once
#include <QObject>
#include <vector>

#include "core/pipeline/pipeline.h"
#include "widgets/document/document_change.h"

namespace rw::ui {

class PipelineDocument;

class Selection : public QObject {
    Q_OBJECT
 public:
    /// Lets go of what the document removes.
    explicit Selection(PipelineDocument& document);

    /// In the order in which they were selected.
    const std::vector<NodeId>& nodes() const { return m_nodes; }
    const std::vector<Wire>& wires() const { return m_wires; }
    bool empty() const { return m_nodes.empty() && m_wires.empty(); }
    bool contains(const NodeId& node) const;
    bool contains(const Wire& wire) const;
    /// The node when exactly one is selected and no wire, else null.
    const Node* single() const;

    void set(std::vector<NodeId> nodes, std::vector<Wire> wires = {});
    void toggle(const NodeId& node);
    void clear() { set({}, {}); }
    void selectAll();
    /// Selects the node and asks every view to bring it into sight, with this parameter's field where one is
    /// named.
    void reveal(const NodeId& node, const std::string& param = {});

 Q_SIGNALS:
    void changed();
    void revealed(const rw::NodeId& node, const std::string& param);

 private:
    void onDocument(const DocumentChange& change);

    PipelineDocument& m_document;
    std::vector<NodeId> m_nodes{};
    std::vector<Wire> m_wires{};
};

}  // namespace rw::ui
