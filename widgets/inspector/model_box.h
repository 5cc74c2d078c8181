// Below the settings of a node that learns: how good its model was lately, from how many rows it has learnt,
// how far its warm-up is, and a button that resets it. Hidden for other nodes.
#pragma once
#include <QWidget>

#include "widgets/session/run_session.h"

class QLabel;
class QPushButton;

namespace rw::ui {

class ModelBox : public QWidget {
    Q_OBJECT
 public:
    ModelBox(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);
    void setNode(const NodeId& node);
    /// The settings or the figures are shown; otherwise it is hidden.
    void setWanted(bool wanted);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();
    QString learntText() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    NodeId m_node{};
    bool m_wanted = true;
    int m_frames = 0;
    QLabel *m_head, *m_quality, *m_learnt;
    QPushButton* m_reset;
};

}  // namespace rw::ui
