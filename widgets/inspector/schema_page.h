// The columns that come in and go out of a node. Hidden, it does nothing, and catches up when it is shown.
#pragma once
#include <QTreeWidget>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class SchemaPage : public QTreeWidget {
    Q_OBJECT
 public:
    explicit SchemaPage(PipelineDocument& document, QWidget* parent = nullptr);
    void setNode(const NodeId& node);

 protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void refresh();
    void addStream(const QString& title, const StreamType& type);

    PipelineDocument& m_document;
    NodeId m_node;
};

}  // namespace rw::ui
