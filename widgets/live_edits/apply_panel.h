// The Apply panel: what an edit of a running pipeline costs, before it is applied. It is there while an answer is
// waited for.
#pragma once
#include "widgets/live_edits/receipt_model.h"
#include "widgets/pane/pane.h"

class QLabel;
class QPushButton;
class QTableView;

namespace rw::ui {

class HintBox;

/// Counts the nodes that lose their state, or can't resume.
class ApplyPanel final : public Pane {
    Q_OBJECT
 public:
    explicit ApplyPanel(const PaneParts& parts);

    QString title() const override;
    const ReceiptModel& model() const { return m_model; }

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    void makeColumn();
    QWidget* makeFoot();
    void onReceipt();
    void showReceipt(const ApplyReceipt& receipt);
    void showHead(const ApplyReceipt& receipt);

    PipelineDocument& m_document;
    RunSession& m_session;
    ReceiptModel m_model;
    HintBox* m_head;
    QLabel *m_kept, *m_lost, *m_impossible;
    QTableView* m_table;
    QLabel* m_after;
    QPushButton *m_back, *m_anew, *m_apply;
};

}  // namespace rw::ui
