// The newest row that left the node by each of its ports, or entered it when it is a sink: a column a line.
#pragma once
#include <QTreeWidget>
#include <memory>
#include <vector>

#include "widgets/session/run_session.h"

namespace rw::ui {

class DataPage : public QTreeWidget {
    Q_OBJECT
 public:
    DataPage(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);
    void setNode(const NodeId& node);

 protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    struct Stream {
        PortRef from;
        std::shared_ptr<Tap> tap;
        std::uint64_t version;  ///< of the tap, as shown
        QTreeWidgetItem* head;
    };
    void choosePorts();
    void addStream(const PortRef& from, const QString& name);
    void refresh();
    void showRow(Stream& stream);

    PipelineDocument& m_document;
    RunSession& m_session;
    NodeId m_node;
    std::vector<Stream> m_streams;
    int m_frames = 0;
};

}  // namespace rw::ui
