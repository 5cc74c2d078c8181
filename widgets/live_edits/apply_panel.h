// The Apply panel: what an edit of a running pipeline costs, before it is applied, and the way back
// afterwards. It is there while an answer is waited for, and while the last edit can be taken back.
#pragma once
#include "widgets/live_edits/outputs_model.h"
#include "widgets/live_edits/receipt_model.h"
#include "widgets/pane/pane.h"

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QRadioButton;
class QTableView;

namespace rw::ui {

class FateTile;
class HintBox;

/// Counts the nodes that do not simply go on.
class ApplyPanel final : public Pane {
    Q_OBJECT
 public:
    explicit ApplyPanel(const PaneParts& parts);

    QString title() const override;
    const ReceiptModel& model() const { return m_model; }
    const OutputsModel& outputs() const { return m_outputsModel; }
    /// What is said first when changes could not be applied: of a session that has just told so.
    static QString notAppliedWords(const RunSession& session);

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    void makeColumn();
    void makeTables();
    void reveal(const NodeId& node);
    QWidget* makeHow();
    QWidget* makeFoot();
    QWidget* makeDone();
    QWidget* makeProgress();
    void choose(bool recomputes, bool closesFirst);
    ReceiptModel::Choice choice(const ApplyReceipt& receipt) const;
    void onReceipt();
    void onApplied();
    void onRecomputing();
    bool maySeeDone() const;
    QString whyNoWayBack() const;
    void showWayBack();
    void showAll();
    void showDone();
    void askToGoBack();
    void showReceipt(const ApplyReceipt& receipt);
    void showHead(const ApplyReceipt& receipt);
    void showOutputs(const ApplyReceipt& receipt);
    void showHow(const ApplyReceipt& receipt, const ReceiptModel::Choice& choice);
    void showTakes(const ApplyReceipt& receipt, bool recomputes);

    PipelineDocument& m_document;
    RunSession& m_session;
    ReceiptModel m_model;
    OutputsModel m_outputsModel;
    HintBox* m_head;
    FateTile *m_kept, *m_carried, *m_recomputed, *m_closed, *m_lost, *m_impossible;
    QTableView *m_table, *m_outputs;
    QLabel *m_takes, *m_after;
    QWidget* m_how = nullptr;  ///< what becomes of windows that are open, and of other state
    QRadioButton *m_fromTape = nullptr, *m_closeFirst = nullptr, *m_startEmpty = nullptr;
    QLabel *m_howTitle = nullptr, *m_howSays = nullptr;
    QPushButton *m_back, *m_anew, *m_apply;
    QWidget *m_weighed, *m_done, *m_progress;  ///< before, after, and between
    QLabel* m_progressSays;
    QProgressBar* m_bar;
    QPushButton* m_giveUp;
    bool m_wasRecomputing = false;
    QLabel *m_applied, *m_backTo;
    QPushButton* m_goBack;
    QAction* m_backAction = nullptr;
    bool m_asks = false;  ///< there is a receipt
};

}  // namespace rw::ui
