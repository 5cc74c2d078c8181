// A subflow opened on the canvas: a bar with the way to it, its nodes, and the parameters of the chosen one.
// It goes on while the pipeline is edited, and goes to the nearest level that is there when its own is gone.
#pragma once
#include <QWidget>

#include "widgets/canvas/level/level_graph.h"
#include "widgets/canvas/level/level_view.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace rw::ui {

class EmptyState;

class LevelPage : public QWidget {
    Q_OBJECT
 public:
    /// Document and session must outlive the page, which is closed at first.
    LevelPage(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);
    ~LevelPage() override;

    bool isOpen() const { return !m_graph.isDocument(); }
    const GraphRef& graph() const { return m_graph; }
    LevelView& view() const { return *m_view; }
    /// Shows a graph; that of the document closes the page.
    void open(const GraphRef& graph);
    /// Says that this is a view, and changes nothing.
    void refuseEdit();

 Q_SIGNALS:
    void opened();
    void closed();
    void told(const QString& words);
    void fileRequested(const rw::NodeId& subflow, const QString& path);  ///< to be edited
    void fieldRequested(const rw::NodeId& subflow);                      ///< in which its file is named

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void follow();
    void reload();
    void fillBar();
    void fillDetails();
    void retranslate();

    PipelineDocument& m_document;
    RunSession& m_session;
    GraphRef m_graph{};
    QHBoxLayout* m_crumbs;
    QLabel* m_viewOnly;
    QPushButton* m_edit;
    LevelView* m_view;
    QTreeWidget* m_details;
    EmptyState* m_empty;
};

}  // namespace rw::ui
