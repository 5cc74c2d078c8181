// The Sample panel: what the selected node would give, before any run and beside one. Rows in at the left,
// rows out at the right, each beside that which it came from; beside them where the current row goes.
#pragma once
#include <set>

#include "widgets/pane/pane.h"
#include "widgets/pane/shows_rows.h"
#include "widgets/sample/listener.h"
#include "widgets/sample/pipeline_sampler.h"
#include "widgets/sample/sample_model.h"
#include "widgets/sample/sample_taker.h"
#include "widgets/session/sample_figures.h"

class QCheckBox;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ElidedLabel;
class EmptyState;
class HintBox;
class IconButton;
class RowWay;
class RunConsent;
class SegmentedControl;

class SamplePanel final : public Pane, public ShowsRows {
    Q_OBJECT
 public:
    /// `consent`: asked before live sources are listened to; it outlives the panel. Null: nobody is asked, in
    /// tests.
    explicit SamplePanel(const PaneParts& parts, const RunConsent* consent = nullptr);

    QString title() const override;
    /// Ports, whether open windows fire, and taking it again.
    QWidget* tools() const override { return m_tools; }
    std::vector<QTableView*> rowTables() const override { return {m_in.table, m_out.table}; }
    std::optional<ShownRow> currentRow(const QTableView& table) const override;
    /// Files, or what is known of live sources, may have changed.
    void takeAgain();
    /// To the live sources above a node, with this panel in front.
    void listenAt(const NodeId& node);
    /// For the menu of a node: listening, where it is a live source.
    std::vector<QAction*> actionsOf(const NodeId& node) const;
    /// Kept rows were removed elsewhere; `all`: of every source.
    void keptRemoved(bool all);
    /// Counts and rows of the whole pipeline, for cards and fields; lives as long as the panel.
    SampleFigures& figures() { return m_figures; }
    const SampleModel& model(SampleModel::Side side) const {
        return side == SampleModel::Side::In ? m_in.model : m_out.model;
    }

 Q_SIGNALS:
    void keptRowsRequested();  ///< all that is kept, of any pipeline, is to be seen

 protected:
    void resizeEvent(QResizeEvent* event) override;
    void onActivated() override;
    void onDeactivated() override;
    void retranslate() override;

 private:
    /// One of the two grids, under its line of words.
    struct Grid {
        explicit Grid(SampleModel::Side side) : model(side) {}
        SampleModel model;
        QWidget* box = nullptr;
        ElidedLabel* head = nullptr;
        QTableView* table = nullptr;
        EmptyState* empty = nullptr;
        QStackedLayout* pages = nullptr;
    };

    void makeTools();
    void makeGrid(Grid& grid, QWidget* parent);
    void tieGrids();
    void follow();
    void followRun();
    bool takes() const;
    void followCurrent();
    void showAnswer();
    void showPorts();
    void showGrids();
    void showHeads();
    void showWay();
    void connectLive();
    void refreshLiveActions();
    bool offersToListen(const LookedSource& source) const;
    QString silentWords() const;
    /// The words and the mend of an issue.
    static QString wordsOf(const Text& message, const Text& fix);
    void showListening();
    void listenOrCancel();
    void listenTo(std::vector<NodeId> sources);
    std::vector<NodeId> sourcesAtSelection() const;
    std::set<std::string> shownKeys() const;
    void askToRemove();
    void showRemoval(const std::vector<KeptSource>& kept);
    void answerRemoval(int link);
    SampleRequest request() const;
    std::vector<NodeId> liveSources() const;
    QString heardText() const;
    bool showNothing();
    void setEmpty(const QString& title, const QString& words, const QString& action = {});
    QString summary() const;
    QString headOf(const LookedPort& port, SampleModel::Side side) const;

    PipelineDocument& m_document;
    RunSession& m_session;
    SampleTaker m_taker;
    Listener m_listener;
    SampleFigures m_figures{};
    PipelineSampler m_sampler;
    SampleRef m_shown{};
    int m_inputChoice = 0, m_outputChoice = 0;
    QWidget* m_tools;
    SegmentedControl *m_inputs, *m_outputs, *m_from;
    QPushButton *m_listen, *m_forget;
    QCheckBox *m_close, *m_stay;
    IconButton* m_again;
    ElidedLabel *m_summary, *m_aside;
    Grid m_in{SampleModel::Side::In}, m_out{SampleModel::Side::Out};
    RowWay* m_way;           ///< of the current row of `m_in`
    HintBox* m_hint;         ///< asks whether kept rows are to be removed
    bool m_removes = false;  ///< there are some
    bool m_ran = false;      ///< a run was under way when that was looked at last
    EmptyState* m_empty;
    QWidget* m_grids;
    QStackedLayout* m_pages;
    QAction *m_listenAction, *m_removeAction;
    Latest m_removal{this};
};

}  // namespace rw::ui
