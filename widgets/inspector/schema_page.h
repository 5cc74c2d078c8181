// The columns that come in and go out of a node.
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

 private:
    void refresh();
    void addStream(const QString& title, const StreamType& type);

    PipelineDocument& m_document;
    NodeId m_node;
};

}  // namespace rw::ui
