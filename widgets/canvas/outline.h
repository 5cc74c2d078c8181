// The graph as a plain tree, in step with the selection: each node with what it feeds below it. Also the way
// in for screen readers.
#pragma once
#include <QTreeWidget>
#include <set>

#include "widgets/document/pipeline_document.h"
#include "widgets/document/run_session.h"

namespace rw::ui {

class Outline : public QTreeWidget {
    Q_OBJECT
 public:
    /// Both must outlive the outline.
    Outline(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void rebuild();
    void addNode(QTreeWidgetItem* parent, const Node& node, std::set<NodeId>& shown);
    void describe();
    void takeSelection();
    void giveSelection();

    PipelineDocument& m_document;
    RunSession& m_session;
    bool m_following = false;  ///< the selection is being taken over from elsewhere
};

}  // namespace rw::ui
