// The graph as a plain tree, in step with the selection: each node with its receivers below it. Also the way
// in for screen readers.
#pragma once
#include <QTreeWidget>
#include <map>
#include <set>
#include <vector>

#include "widgets/canvas/cards/wire_index.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

class Outline : public QTreeWidget {
    Q_OBJECT
 public:
    /// Both must outlive the outline.
    Outline(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);

 protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void onDocument(const DocumentChange& change);
    void rebuild();
    void addNode(QTreeWidgetItem* parent, const Node& node, const WireIndex& wires, std::set<NodeId>& shown);
    void describe();
    void describe(const std::vector<NodeId>& nodes);
    void describe(QTreeWidgetItem& item, const Node& node, const WireIndex& wires);
    void selectFromDocument();
    void selectInDocument();

    PipelineDocument& m_document;
    RunSession& m_session;
    std::multimap<NodeId, QTreeWidgetItem*> m_items;
    bool m_stale = true;       ///< hidden, it followed nothing
    bool m_following = false;  ///< the selection is being taken over from elsewhere
};

}  // namespace rw::ui
