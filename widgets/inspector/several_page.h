// The inspector while several nodes are selected: how many of what, and the settings that they share.
#pragma once
#include <QWidget>

#include "widgets/document/pipeline_document.h"

class QLabel;

namespace rw::ui {

class ElidedLabel;
class SeveralForm;

class SeveralPage : public QWidget {
    Q_OBJECT
 public:
    explicit SeveralPage(PipelineDocument& document, QWidget* parent = nullptr);

    /// Fewer than two: nothing.
    void setNodes(const std::vector<NodeId>& nodes);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refreshHead();

    PipelineDocument& m_document;
    std::vector<NodeId> m_nodes;
    QWidget* m_head;
    QLabel* m_title;
    ElidedLabel* m_list;
    SeveralForm* m_form;
};

}  // namespace rw::ui
