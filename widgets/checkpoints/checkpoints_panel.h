// The Checkpoints panel: the checkpoints to resume from, and the figures of each node in the chosen one. Live
// while a run takes them; disks are read on other threads.
#pragma once
#include <map>
#include <optional>

#include "core/state/saved_checkpoints.h"
#include "widgets/background/ticker.h"
#include "widgets/checkpoints/checkpoint_nodes_model.h"
#include "widgets/checkpoints/checkpoints_model.h"
#include "widgets/pane/pane.h"

class QPoint;
class QSplitter;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class EmptyState;
class HintBox;
class IconButton;

/// Counts the checkpoints and savepoints that can be resumed.
class CheckpointsPanel final : public Pane {
    Q_OBJECT
 public:
    /// The list must outlive it.
    CheckpointsPanel(const PaneParts& parts, CheckpointList& list);

    const CheckpointsModel& model() const { return m_model; }
    const CheckpointNodesModel& nodes() const { return m_nodes; }
    QString title() const override;
    /// The commands on the chosen one.
    QWidget* tools() const override { return m_tools; }

 Q_SIGNALS:
    void keepRequested(const rw::SavedCheckpoint& saved);  ///< as a savepoint
    void startRequested(const rw::SavedCheckpoint& saved);
    void deleteRequested(const rw::SavedCheckpoint& saved);
    void saveRequested();  ///< of the pipeline, which has no file

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    void makeTools();
    void makeTables();
    void connectParts();
    IconButton* tool(const QString& icon, void (CheckpointsPanel::*act)());
    void onList();
    void refresh();
    void refreshEntry();
    void refreshTools();
    void showRightPage();
    void showNothing();
    void showTrouble();
    void showChosen();
    void onEmptyAction();
    void openMenu(QPoint at);
    void goToNode(int row);
    int chosenRow() const;                  ///< -1: none
    const SavedCheckpoint* chosen() const;  ///< null: none
    bool mayKeep() const;
    bool mayStart() const;
    bool mayDelete() const;
    bool isHere() const;  ///< our own engine is chosen
    void keep();
    void start();
    void remove();
    void copy() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    CheckpointList& m_list;
    CheckpointsModel m_model;
    CheckpointNodesModel m_nodes;
    QAction* m_always;
    QWidget* m_tools;
    IconButton *m_keep, *m_start, *m_delete;
    HintBox* m_trouble;
    QSplitter* m_tables;
    QTableView *m_table, *m_nodeTable;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
    Ticker m_ageing;                           ///< while there are checkpoints
    std::optional<SavedCheckpoint> m_asked{};  ///< whose sizes were asked for, of those that no run here took
};

}  // namespace rw::ui
